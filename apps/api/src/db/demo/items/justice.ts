import {
  either,
  fee,
  householdRegister,
  idCard,
  law,
  paper,
  propertyCertificate,
  qa,
  specimen,
  step,
  workdays,
} from '../specimen.js';
import { defineItems } from './define.js';

const notaryLaw = '《中华人民共和国公证法》';
const price = '榕江省公证服务收费目录和标准';
const fifteenDays = law(
  notaryLaw,
  '第三十条',
  '公证机构经审查，认为申请提供的证明材料真实、合法、充分，申请公证的事项真实、合法的，应当自受理公证申请之日起十五个工作日内向当事人出具公证书。',
);

const notaryForm = (matter: string, use: string) =>
  paper(
    '公证申请表',
    {
      申请人: specimen.name,
      公证事项: matter,
      公证书用途: use,
      使用地: '中华人民共和国境内',
      所需份数: '三份',
      联系电话: specimen.mobile,
    },
    { note: '窗口打印后签名。' },
  );

const legalAidItems = defineItems('sf', [
  {
    slug: 'legal-aid',
    baseCode: '000512001001',
    name: '法律援助申请',
    kind: 'promised',
    promised: workdays(2),
    statutory: workdays(5),
    steps: '1+1',
    audience: 'person',
    queues: ['SM-H'],
    serviceMinutes: { p50: 20, p80: 29 },
    courierAllowed: true,
    certificateName: '给予法律援助决定书',
    popularRank: 60,
    keywords: ['法律援助', '打官司', '免费律师', '讨薪', '维权'],
    conditions: [
      '因经济困难没有委托代理人，请求给付赡养费、抚养费、劳动报酬，主张工伤、交通事故人身损害赔偿等。',
      '进城务工人员请求支付劳动报酬或者工伤赔偿的，免予核查经济困难状况。',
    ],
    process: [
      step('受理', '接待律师先行解答，当场登记申请。'),
      step('审查', '核查经济困难情况，可以个人诚信承诺代替证明。'),
      step('指派', '决定援助后三日内指派律师。'),
    ],
    materials: [
      idCard(),
      paper('法律援助申请表', {
        申请人: specimen.name,
        申请事项: '请求支付拖欠的劳动报酬',
        对方当事人: '榕城江岸餐饮服务部经营者',
        涉及金额: '18,600.00 元',
        申请日期: '2026 年 3 月 2 日',
      }),
      paper('经济困难状况说明表', {
        申请人: specimen.name,
        家庭人口: '三人',
        家庭月收入: '4,200.00 元',
        承诺: '以上内容真实，愿意接受核查',
      }),
      either('与所申请事项有关的案件材料', {
        材料名称: '工资欠条、考勤记录',
        形成日期: '2026 年 1 月 20 日',
        页数: '六页',
      }),
    ],
    fees: [],
    legalBasis: [
      law(
        '《中华人民共和国法律援助法》',
        '第三十一条',
        '请求支付劳动报酬、请求给付赡养费抚养费等事项的当事人，因经济困难没有委托代理人的，可以向法律援助机构申请法律援助。',
      ),
      law(
        '《中华人民共和国法律援助法》',
        '第四十三条',
        '法律援助机构应当自收到法律援助申请之日起七日内进行审查，作出是否给予法律援助的决定。',
      ),
    ],
    faq: [qa('法律援助收费吗？', '不收任何费用，受援人也不用承担律师的办案费用。')],
  },
]);

const notaryItems = defineItems('gz', [
  {
    slug: 'notarised-mandate',
    baseCode: '002012002001',
    name: '委托公证（委托他人买卖房屋）',
    kind: 'promised',
    promised: workdays(2),
    statutory: workdays(15),
    steps: '2+1',
    audience: 'person',
    queues: ['SM-H'],
    serviceMinutes: { p50: 30, p80: 45 },
    slotsNeeded: 2,
    courierAllowed: true,
    certificateName: '公证书',
    popularRank: 43,
    keywords: ['委托书公证', '公证', '代理卖房', '授权公证'],
    conditions: [
      '委托人具有完全民事行为能力，委托事项真实合法。',
      '委托人本人到场，行动不便的可以预约上门。',
    ],
    process: [
      step('受理谈话', '公证员告知委托的法律后果，制作谈话笔录并录像。'),
      step('审查', '核实身份、产权和婚姻状况。'),
      step('出证', '审批后出具公证书，可以邮政寄递。'),
    ],
    materials: [
      notaryForm('委托', '办理房屋买卖和过户'),
      idCard('委托人本人的居民身份证，受托人提供身份证复印件。'),
      paper(
        '委托书',
        {
          委托人: specimen.name,
          受托人: specimen.spouse,
          委托权限: '签订买卖合同、办理过户登记，不含代收房款',
          委托期限: '一年',
          转委托权: '无',
        },
        { originals: 3, note: '可以由公证员代书。' },
      ),
      propertyCertificate('查验原件，收取复印件。'),
      householdRegister('核验婚姻和家庭关系。'),
    ],
    fees: [fee('委托公证费（每件）', 20000, price)],
    legalBasis: [
      law(
        notaryLaw,
        '第十一条',
        '根据自然人、法人或者其他组织的申请，公证机构办理合同、继承、委托、声明、赠与、遗嘱等公证事项。',
      ),
      fifteenDays,
    ],
    faq: [
      qa(
        '卖房款可以写进委托权限吗？',
        '为防止风险，公证书中一般不授予代收房款的权限，房款应当进入资金监管账户。',
      ),
    ],
  },
  {
    slug: 'notarised-will',
    baseCode: '002012002002',
    name: '遗嘱公证',
    kind: 'promised',
    promised: workdays(5),
    statutory: workdays(15),
    steps: '2+1',
    audience: 'person',
    queues: ['SM-H'],
    serviceMinutes: { p50: 50, p80: 80 },
    slotsNeeded: 3,
    certificateName: '公证书',
    popularRank: 77,
    keywords: ['遗嘱', '立遗嘱', '公证遗嘱', '老人遗嘱'],
    conditions: ['遗嘱人具有完全民事行为能力，亲自到公证机构办理，不能委托他人。'],
    process: [
      step('受理谈话', '两名公证人员共同办理，与遗嘱人单独谈话并全程录像。'),
      step('审查', '核实财产权属和亲属关系。'),
      step('出证', '遗嘱人在遗嘱上签名，公证机构出具公证书并登记备案。'),
    ],
    materials: [
      notaryForm('遗嘱', '处分本人财产'),
      idCard('遗嘱人本人的居民身份证。'),
      paper(
        '遗嘱草稿',
        {
          遗嘱人: specimen.elder,
          财产: '榕城市江滨区住房一套',
          继承人: '女儿',
          执行人: '由公证机构推荐',
          订立日期: '签署当日填写',
        },
        { required: false, note: '没有草稿的由公证员根据您的陈述代书。' },
      ),
      propertyCertificate('处分房产的提交。', specimen.elder),
      householdRegister('核验家庭成员关系。'),
    ],
    fees: [fee('遗嘱公证费（每件）', 40000, price)],
    legalBasis: [
      law('《中华人民共和国民法典》', '第一千一百三十九条', '公证遗嘱由遗嘱人经公证机构办理。'),
      law(notaryLaw, '第二十六条', '遗嘱、生存、收养关系等应当由本人办理公证。'),
      fifteenDays,
    ],
    faq: [
      qa(
        '以后想改怎么办？',
        '遗嘱人可以撤回、变更自己所立的遗嘱；立有数份遗嘱，内容相抵触的，以最后的遗嘱为准。',
      ),
      qa('八十周岁以上收费吗？', '榕城对八十周岁以上老年人办理遗嘱公证免收公证费。'),
    ],
  },
]);

/** 法律援助 and 公证. */
export const justiceItems = [...legalAidItems, ...notaryItems] as const;
