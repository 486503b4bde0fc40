import type { DemoHall, Weekday } from './types.js';

const workdays: readonly Weekday[] = [1, 2, 3, 4, 5];
const weekend: readonly Weekday[] = [6, 7];

export const halls: readonly DemoHall[] = [
  {
    code: 'RC-SM',
    name: '榕城市市民服务中心',
    serves: 'residents',
    address: '榕江省榕城市江滨区望江大道 88 号',
    transport:
      '地铁 2 号线市民中心站 B 口出，步行 200 米；公交 18 路、56 路、夜班 3 路到市民服务中心站。地下停车场凭取号单前两小时免费。',
    phone: '0591-88001234',
    facilities: [
      '无障碍坡道、无障碍卫生间和轮椅借用',
      '一层母婴室',
      '自助服务区 24 小时开放（东门刷脸进入）',
      '绿色通道窗口（老年人、残疾人、孕妇、急重病人）',
      '免费复印和证件照自助拍摄',
      '雨伞、老花镜、充电宝借用',
      '一层邮政寄递专窗',
    ],
    latitude: 26.0521,
    longitude: 119.3387,
    opening: [
      { weekdays: workdays, from: '09:00', to: '12:00', note: null },
      { weekdays: workdays, from: '13:30', to: '17:00', note: null },
      { weekdays: weekend, from: '09:00', to: '12:00', note: '周末服务' },
      { weekdays: weekend, from: '13:30', to: '16:30', note: '周末服务' },
    ],
    notices: [
      {
        title: '周末照常办理高频事项',
        body: '周六、周日 09:00—12:00、13:30—16:30，不动产登记、社保医保、户政出入境、公积金、车驾管、民生综合和婚姻登记窗口对外服务；公证和个人税务事项请在工作日前来。',
      },
      {
        title: '上午十点前后办事的人最多，建议错峰',
        body: '工作日上午 09:30—11:00 等候时间较长，下午 14:30 以后通常随到随办。您可以先在手机上预约时段，或者远程取号后再出门。',
      },
      {
        title: '证件可以寄到家',
        body: '标有“可邮寄”的事项，办结后可选择邮政寄递证照，运单号与办件编号一一对应，寄出和签收都会提醒您。',
      },
    ],
  },
  {
    code: 'RC-XZ',
    name: '榕城市行政服务中心',
    serves: 'companies',
    address: '榕江省榕城市湖东区榕荫路 190 号',
    transport:
      '地铁 4 号线榕荫路站 A 口出，步行 350 米；公交 27 路、101 路到行政服务中心站。地面停车场对办事企业免费。',
    phone: '0591-88005678',
    facilities: [
      '无障碍电梯和无障碍卫生间',
      '二层母婴室',
      '企业自助服务区 24 小时开放（营业执照自助打印、税务自助终端）',
      '企业开办专区（免费刻章、领取税务数字账户指引）',
      '项目代办服务室',
      '一层邮政寄递专窗',
    ],
    latitude: 26.0896,
    longitude: 119.3052,
    opening: [
      { weekdays: workdays, from: '08:30', to: '12:00', note: null },
      { weekdays: workdays, from: '14:00', to: '17:30', note: null },
    ],
    notices: [
      {
        title: '企业开办最快四小时办结',
        body: '设立登记、公章刻制、税务信息确认、社保登记和公积金开户一次申请、并联办理，材料齐全的当天领取营业执照和首套印章，刻章费用由市级财政承担。',
      },
      {
        title: '工程建设项目提供免费代办',
        body: '总投资五千万元以上的项目可申请专人代办，从立项、规划、施工许可到竣工验收全程跟踪，不收取任何费用。',
      },
    ],
  },
];
