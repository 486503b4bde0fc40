import {
  businessLicence,
  either,
  electronic,
  idCard,
  law,
  paper,
  portrait,
  qa,
  specimen,
  step,
  workdays,
} from '../specimen.js';
import { defineItems } from './define.js';

const transportRules = '《中华人民共和国道路运输条例》';

/** 道路运输. */
export const transportItems = defineItems('jt', [
  {
    slug: 'ride-hailing-driver',
    baseCode: '000118901001',
    name: '网络预约出租汽车驾驶员从业资格证核发',
    kind: 'promised',
    promised: workdays(3),
    statutory: workdays(10),
    steps: '2+1',
    audience: 'person',
    queues: ['SM-E'],
    serviceMinutes: { p50: 9, p80: 14 },
    courierAllowed: true,
    zeroVisit: true,
    certificateName: '网络预约出租汽车驾驶员证',
    popularRank: 47,
    keywords: ['网约车', '网约车证', '从业资格', '网约车司机', '出租车资格'],
    conditions: [
      '取得相应准驾车型机动车驾驶证并有三年以上驾驶经历。',
      '没有交通肇事犯罪、危险驾驶犯罪和暴力犯罪记录，最近连续三个记分周期内没有记满十二分。',
      '考试合格。',
    ],
    process: [
      step('受理', '核验驾龄和背景信息。'),
      step('考试', '全国公共科目和榕城区域科目，机考当天出成绩。'),
      step('发证', '核发从业资格证和电子证照。'),
    ],
    materials: [
      idCard(),
      electronic(
        '机动车驾驶证',
        { 姓名: specimen.spouse, 准驾车型: 'C1', 初次领证日期: '2010 年 4 月 16 日', 累积记分: '0 分' },
        { note: '从电子证照库调取。' },
      ),
      paper('网络预约出租汽车驾驶员从业资格考试申请表', {
        申请人: specimen.spouse,
        申请类别: '网络预约出租汽车驾驶员',
        联系电话: specimen.mobile,
        承诺: '没有规定的犯罪和违法记录',
      }),
      portrait(),
    ],
    fees: [],
    legalBasis: [
      law(
        '《网络预约出租汽车经营服务管理暂行办法》',
        '第十四条',
        '规定了从事网约车服务的驾驶员应当具备的驾驶经历和无犯罪记录等条件。',
      ),
    ],
    faq: [qa('外地户口可以考吗？', '可以，持居住证或者在榕城有社保记录均可报名。')],
  },
  {
    slug: 'freight-permit',
    baseCode: '000118902001',
    name: '道路普通货物运输经营许可',
    kind: 'promised',
    promised: workdays(1),
    statutory: workdays(20),
    steps: '2+1',
    audience: 'both',
    queues: ['XZ-R'],
    serviceMinutes: { p50: 15, p80: 24 },
    courierAllowed: true,
    zeroVisit: true,
    certificateName: '道路运输经营许可证',
    popularRank: 67,
    keywords: ['货运', '货车营运证', '道路运输证', '物流公司'],
    conditions: [
      '有与经营业务相适应并经检测合格的车辆，使用总质量四千五百千克以上的普通货运车辆。',
      '有符合规定条件的驾驶人员和健全的安全生产管理制度。',
    ],
    process: [
      step('受理', '窗口或者网上收件。'),
      step('审核', '核对车辆、驾驶员和安全制度。'),
      step('发证', '颁发经营许可证，车辆配发道路运输证，可以邮寄。'),
    ],
    materials: [
      businessLicence(),
      paper('道路货物运输经营申请表', {
        申请人: '榕城远榕物流有限公司',
        经营范围: '道路普通货物运输',
        拟投入车辆: '重型厢式货车两辆',
        负责人: specimen.spouse,
      }),
      either('机动车行驶证与检验报告', {
        号牌号码: '榕 A·70186',
        车辆类型: '重型厢式货车',
        总质量: '18,000 千克',
        检验结论: '合格',
      }),
      either('安全生产管理制度', {
        制度目录: '安全生产责任、驾驶员管理、车辆维护、应急预案',
        编制单位: '榕城远榕物流有限公司',
      }),
    ],
    fees: [],
    legalBasis: [
      law(
        transportRules,
        null,
        '从事货运经营的，应当依法取得道路运输经营许可；使用总质量四千五百千克及以下普通货运车辆的，无需申请。',
      ),
    ],
    faq: [
      qa('小货车也要办许可吗？', '总质量四千五百千克及以下的普通货运车辆，不需要经营许可证和车辆营运证。'),
    ],
  },
  {
    slug: 'oversize-transport',
    baseCode: '000118903001',
    name: '超限运输车辆行驶公路审批',
    kind: 'promised',
    promised: workdays(1),
    statutory: workdays(5),
    steps: '2+1',
    audience: 'company',
    queues: ['XZ-R'],
    serviceMinutes: { p50: 15, p80: 23 },
    zeroVisit: true,
    certificateName: '超限运输车辆通行证',
    popularRank: 68,
    keywords: ['超限', '大件运输', '超限运输', '通行证'],
    conditions: [
      '运输不可解体物品，车货总体的外廓尺寸或者总质量超过规定限值。',
      '承运人具备大型物件运输经营资质。',
    ],
    process: [
      step('申请', '网上填报车货信息和行驶路线。'),
      step('审查', '核算桥梁承载，需要勘测的按规定进行，时间不计入时限。'),
      step('发证', '签发电子通行证，随车携带。'),
    ],
    materials: [
      electronic('超限运输车辆行驶公路申请表', {
        承运人: '榕城远榕物流有限公司',
        货物名称: '变压器一台',
        车货总质量: '86 吨',
        行驶路线: '榕城港至湖东变电站',
        计划时间: '2026 年 3 月 20 日至 2026 年 3 月 25 日',
      }),
      electronic('车辆行驶证', {
        牵引车号牌: '榕 A·70233',
        挂车号牌: '榕 A·1906 挂',
        所有人: '榕城远榕物流有限公司',
      }),
      electronic(
        '车货轮廓图与护送方案',
        { 车货总长: '28.6 米', 车货总宽: '3.6 米', 车货总高: '4.4 米', 护送车辆: '两辆' },
        { required: false, note: '总质量或者尺寸达到护送标准的提交。' },
      ),
    ],
    fees: [],
    legalBasis: [
      law(
        '《中华人民共和国公路法》',
        '第五十条',
        '超过公路或者公路桥梁限载、限高、限宽、限长标准的车辆，不得行驶；确需行驶的，必须经县级以上地方人民政府交通主管部门批准，并按要求采取有效的防护措施。',
      ),
    ],
    faq: [
      qa('跨省的在哪里申请？', '跨省大件运输在全国大件运输许可平台向起运地省份申请，一地办证、全线通行。'),
    ],
  },
]);
