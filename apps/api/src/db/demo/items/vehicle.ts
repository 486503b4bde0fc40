import {
  agentLetter,
  either,
  electronic,
  fee,
  hours,
  idCard,
  law,
  minutes,
  paper,
  portrait,
  qa,
  specimen,
  step,
  workdays,
} from '../specimen.js';
import { defineItems } from './define.js';

const trafficLaw = '《中华人民共和国道路交通安全法》';
const plate = '榕 A·6R218';

const licenceForm = (matter: string) =>
  paper(
    '机动车驾驶证申请表',
    {
      姓名: specimen.name,
      身份证明号码: specimen.idNumber,
      申请业务: matter,
      准驾车型: 'C1',
      邮寄地址: specimen.address,
      申请人签名: specimen.name,
    },
    { note: '窗口打印后签名。' },
  );

const healthReport = electronic(
  '机动车驾驶人身体条件证明',
  {
    姓名: specimen.name,
    辨色力: '正常',
    双眼视力: '左 5.0，右 5.0',
    听力: '正常',
    体检机构: '榕城市第二医院',
  },
  { note: '在联网医院体检后自动上传，半年内有效。' },
);

/** 车驾管. */
export const vehicleItems = defineItems('cg', [
  {
    slug: 'driver-licence-renew',
    baseCode: '000109101001',
    name: '机动车驾驶证期满换证',
    kind: 'instant',
    promised: minutes(20),
    statutory: workdays(1),
    steps: '1+1',
    audience: 'person',
    queues: ['SM-E'],
    serviceMinutes: { p50: 7, p80: 12 },
    courierAllowed: true,
    certificateName: '中华人民共和国机动车驾驶证',
    popularRank: 8,
    keywords: ['驾照', '驾驶证到期', '换驾照', '驾照换证', '六年换证'],
    conditions: ['驾驶证有效期满前九十日内，或者超过有效期不满一年。', '名下没有未处理的交通违法和事故。'],
    process: [
      step('受理', '窗口核验身份和体检信息，缴纳工本费。'),
      step('发证', '当场核发新证并同步更新电子驾驶证，也可以邮寄。'),
    ],
    materials: [licenceForm('期满换证'), idCard(), healthReport, portrait()],
    fees: [
      fee(
        '机动车驾驶证工本费（每本）',
        1000,
        '《国家发展改革委 财政部关于规范机动车牌证收费管理有关问题的通知》',
      ),
    ],
    legalBasis: [
      law(trafficLaw, '第十九条', '驾驶机动车，应当依法取得机动车驾驶证。'),
      law(
        '《中华人民共和国道路交通安全法实施条例》',
        '第二十六条',
        '在六年有效期内每个记分周期均未达到十二分的，换发十年有效期的驾驶证；在十年有效期内均未达到的，换发长期有效的驾驶证。',
      ),
      law('《机动车驾驶证申领和使用规定》', null, '规定了期满换证的申请时间和材料。'),
    ],
    faq: [
      qa('外地的驾驶证能在榕城换吗？', '可以，全国通办，换证后的档案自动转入榕城。'),
      qa('七十岁以上还能换证吗？', '可以，年满七十周岁的驾驶人每年提交一次身体条件证明。'),
    ],
  },
  {
    slug: 'driver-licence-lost',
    baseCode: '000109101002',
    name: '机动车驾驶证遗失补证',
    kind: 'instant',
    promised: minutes(20),
    statutory: workdays(1),
    steps: '1+1',
    audience: 'person',
    queues: ['SM-E'],
    serviceMinutes: { p50: 6, p80: 10 },
    courierAllowed: true,
    zeroVisit: true,
    certificateName: '中华人民共和国机动车驾驶证',
    popularRank: 40,
    keywords: ['驾照丢了', '补驾照', '驾驶证遗失', '驾驶证补办'],
    conditions: ['驾驶证遗失，驾驶证没有被扣押、扣留、暂扣或者注销。'],
    process: [
      step('申请', '在手机上或者窗口提交申请，声明原驾驶证作废。'),
      step('发证', '当日制证，到窗口领取或者邮寄到家。'),
    ],
    materials: [licenceForm('遗失补证'), idCard(), portrait(), agentLetter('代为办理驾驶证遗失补证')],
    fees: [
      fee(
        '机动车驾驶证工本费（每本）',
        1000,
        '《国家发展改革委 财政部关于规范机动车牌证收费管理有关问题的通知》',
      ),
    ],
    legalBasis: [
      law(
        trafficLaw,
        '第十九条',
        '驾驶人应当按照驾驶证载明的准驾车型驾驶机动车；驾驶机动车时，应当随身携带机动车驾驶证。',
      ),
      law(
        '《机动车驾驶证申领和使用规定》',
        null,
        '驾驶证遗失的，驾驶人应当向驾驶证核发地或者核发地以外的车辆管理所申请补发。',
      ),
    ],
    faq: [qa('等新证期间能开车吗？', '可以出示电子驾驶证，它与纸质驾驶证具有同等效力。')],
  },
  {
    slug: 'vehicle-transfer',
    baseCode: '000109102003',
    name: '二手小型汽车转让登记',
    kind: 'instant',
    promised: hours(1),
    statutory: workdays(1),
    steps: '1+1',
    audience: 'both',
    queues: ['SM-E'],
    serviceMinutes: { p50: 18, p80: 28 },
    slotsNeeded: 2,
    courierAllowed: true,
    certificateName: '机动车行驶证',
    popularRank: 19,
    keywords: ['二手车过户', '车辆过户', '汽车过户', '转移登记', '卖车'],
    conditions: [
      '车辆没有抵押、质押、查封，涉及该车的交通违法和事故已经处理完毕。',
      '现机动车所有人自车辆交付之日起三十日内提出申请。',
    ],
    process: [
      step('查验', '车辆在南侧查验区拓印车架号、拍照。'),
      step('受理', '窗口核对双方身份、交易发票和登记证书。'),
      step('发牌证', '当场选号、核发行驶证，登记证书签注，号牌现场制作或者邮寄。'),
    ],
    materials: [
      paper('机动车转让登记申请表', {
        号牌号码: plate,
        现所有人: specimen.name,
        原所有人: specimen.elder,
        申请事项: '转让登记',
        联系电话: specimen.mobile,
      }),
      idCard('买卖双方的身份证明；单位提交营业执照。'),
      either('二手车销售统一发票', {
        买方: specimen.name,
        卖方: specimen.elder,
        车牌照号: plate,
        车价合计: '陆万捌仟元整',
        开票日期: '2026 年 3 月 5 日',
      }),
      paper('机动车登记证书', {
        登记证书编号: '359901048217',
        所有人: specimen.elder,
        车辆型号: '小型轿车',
        登记日期: '2020 年 7 月 9 日',
      }),
      paper('机动车行驶证', {
        号牌号码: plate,
        所有人: specimen.elder,
        使用性质: '非营运',
        检验有效期至: '2026 年 7 月',
      }),
    ],
    fees: [
      fee(
        '机动车行驶证工本费（每本）',
        1000,
        '《国家发展改革委 财政部关于规范机动车牌证收费管理有关问题的通知》',
      ),
      fee(
        '更换汽车反光号牌（每副）',
        10000,
        '《国家发展改革委 财政部关于规范机动车牌证收费管理有关问题的通知》',
      ),
    ],
    legalBasis: [
      law(trafficLaw, '第十二条', '机动车所有权发生转移的，应当办理相应的登记。'),
      law('《机动车登记规定》', null, '规定了机动车转让登记的申请期限、材料和办理时限。'),
    ],
    faq: [
      qa(
        '原来的号牌能留用吗？',
        '可以。原所有人在办理转让登记后两年内，可以申请使用原号牌号码，使用年限须满一年。',
      ),
    ],
  },
  {
    slug: 'inspection-mark',
    baseCode: '000109103001',
    name: '免检机动车申领检验标志',
    kind: 'instant',
    promised: minutes(10),
    statutory: workdays(1),
    steps: '1+1',
    audience: 'both',
    queues: ['SM-E'],
    serviceMinutes: { p50: 4, p80: 7 },
    bookable: false,
    zeroVisit: true,
    certificateName: '机动车检验标志（电子）',
    popularRank: 39,
    keywords: ['年检', '审车', '车检', '检验标志', '年审'],
    conditions: [
      '非营运小型、微型载客汽车（面包车除外）在十年以内的免检年度。',
      '已投保交通事故责任强制保险，交通违法和事故已经处理完毕。',
    ],
    process: [
      step('申请', '在手机上填写号牌号码，系统核对保险和车船税信息。'),
      step('办结', '核发电子检验标志，不再发放和粘贴纸质标志。'),
    ],
    materials: [
      electronic(
        '机动车交通事故责任强制保险单',
        {
          被保险人: specimen.name,
          号牌号码: plate,
          保险期间: '2026 年 3 月 6 日至 2027 年 3 月 5 日',
          保险公司: '榕江财产保险榕城分公司',
        },
        { note: '与保险行业平台联网核对，免于提交。' },
      ),
      electronic(
        '机动车行驶证',
        { 号牌号码: plate, 所有人: specimen.name, 使用性质: '非营运' },
        { note: '从电子证照库调取。' },
      ),
    ],
    fees: [],
    legalBasis: [
      law(
        trafficLaw,
        '第十三条',
        '对登记后上道路行驶的机动车，应当依照规定，根据车辆用途、载客载货数量、使用年限等，定期进行安全技术检验。',
      ),
    ],
    faq: [qa('还要把纸质标志贴在车窗上吗？', '不用，电子标志与纸质标志具有同等效力。')],
  },
]);
