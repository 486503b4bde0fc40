import {
  agentLetter,
  either,
  electronic,
  fee,
  hours,
  householdRegister,
  idCard,
  law,
  marriageCertificate,
  minutes,
  paper,
  propertyCertificate,
  qa,
  specimen,
  step,
  workdays,
} from '../specimen.js';
import { defineItems } from './define.js';

const regulation = '《不动产登记暂行条例》';
const civilCode = '《中华人民共和国民法典》';
const priceNotice =
  '《国家发展改革委 财政部关于不动产登记收费标准等有关问题的通知》（发改价格规〔2016〕2559 号）';

export const homeFee = fee('住宅类不动产登记费（每件）', 8000, priceNotice);
export const otherFee = fee('非住宅类不动产登记费（每件）', 55000, priceNotice);

export const registrationForm = (kind: string, parties: Readonly<Record<string, string>>) =>
  paper(
    '不动产登记申请书',
    {
      登记类型: kind,
      ...parties,
      坐落: specimen.address,
      不动产单元号: specimen.unitNumber,
      联系电话: specimen.mobile,
    },
    { note: '窗口按您的申请打印，核对后签名。' },
  );

const thirtyDays = law(
  regulation,
  '第二十条',
  '不动产登记机构应当自受理登记申请之日起三十个工作日内办结不动产登记手续，法律另有规定的除外。',
);
const effect = law(
  civilCode,
  '第二百零九条',
  '不动产物权的设立、变更、转让和消灭，经依法登记，发生效力；未经登记，不发生效力，但是法律另有规定的除外。',
);

/** 转移登记: bought, new, inherited, and the queries that go before. */
export const propertyTransferItems = defineItems('bdc', [
  {
    slug: 'property-transfer',
    baseCode: '000715001002',
    name: '存量房买卖转移登记（二手房过户）',
    kind: 'promised',
    promised: workdays(1),
    statutory: workdays(30),
    steps: '2+1',
    audience: 'both',
    queues: ['SM-A'],
    serviceMinutes: { p50: 28, p80: 42 },
    slotsNeeded: 2,
    courierAllowed: true,
    certificateName: '不动产权证书',
    popularRank: 1,
    keywords: ['房产证', '过户', '二手房', '房产过户', '买房', '卖房', '产权证', '红本'],
    conditions: [
      '不动产已经登记，没有查封、异议登记等限制转让的情形；设有抵押的，按照约定可以带押过户。',
      '买卖双方共同申请，契税等税款已经缴纳或者在本窗口一并申报。',
    ],
    process: [
      step('受理初审', '登记、税务、交易一窗受理，一套材料，窗口核对双方身份和真实意愿。'),
      step('计税缴税', '窗口同步推送税务核税，手机上缴税。'),
      step('审核登簿', '登记人员审核，符合条件的记载于不动产登记簿。'),
      step('发证', '领取不动产权证书，或者由邮政寄递；水电气可以同步过户。'),
    ],
    materials: [
      registrationForm('转移登记（买卖）', { 权利人: specimen.name, 义务人: specimen.elder }),
      idCard('买卖双方的居民身份证。'),
      propertyCertificate('卖方的不动产权证书，收取原件。', specimen.elder),
      either('存量房买卖合同', {
        出卖人: specimen.elder,
        买受人: specimen.name,
        房屋坐落: specimen.address,
        成交价款: '壹佰捌拾陆万元整',
        网签备案号: '榕存网签 2026-007315',
        签订日期: '2026 年 3 月 3 日',
      }),
      electronic(
        '契税完税证明',
        { 纳税人: specimen.name, 税种: '契税', 实缴金额: '18,600.00 元', 开具日期: '2026 年 3 月 9 日' },
        { note: '联办的由税务部门共享，免于提交。' },
      ),
      agentLetter('代为办理存量房买卖转移登记'),
    ],
    fees: [homeFee, otherFee],
    legalBasis: [
      law(regulation, '第十四条', '因买卖、设定抵押权等申请不动产登记的，应当由当事人双方共同申请。'),
      thirtyDays,
      effect,
    ],
    faq: [
      qa(
        '房子还有贷款没还清，能过户吗？',
        '可以。抵押合同没有禁止转让约定的，可以申请带押过户，转移登记和抵押登记一并办理。',
      ),
      qa('双方要一起来吗？', '要一起来，或者一方先在手机上刷脸确认，也可以公证委托他人办理。'),
      qa('证书能寄给我吗？', '可以，受理时选择邮寄，登簿当天交邮政寄出。'),
    ],
  },
  {
    slug: 'new-home-transfer',
    baseCode: '000715001001',
    name: '新建商品房买卖转移登记',
    kind: 'promised',
    promised: hours(4),
    statutory: workdays(30),
    steps: '2+1',
    audience: 'both',
    queues: ['SM-A'],
    serviceMinutes: { p50: 20, p80: 29 },
    courierAllowed: true,
    certificateName: '不动产权证书',
    popularRank: 33,
    keywords: ['新房办证', '房产证', '商品房', '一手房', '交房即交证'],
    conditions: [
      '开发企业已经办理首次登记，商品房买卖合同已经备案。',
      '购房款和专项维修资金已经交清，契税已经缴纳。',
    ],
    process: [
      step('受理初审', '窗口核对合同备案、发票和身份信息。'),
      step('审核登簿', '登记人员审核并登簿。'),
      step('发证', '当天领取不动产权证书，或者由邮政寄递。'),
    ],
    materials: [
      registrationForm('转移登记（新建商品房）', { 权利人: specimen.name, 义务人: specimen.builder }),
      idCard(),
      either('商品房买卖合同', {
        出卖人: specimen.builder,
        买受人: specimen.name,
        商品房坐落: specimen.address,
        合同备案号: '榕商备 2024-011209',
        总价款: '贰佰零肆万元整',
      }),
      electronic('销售不动产发票', {
        购买方: specimen.name,
        销售方: specimen.builder,
        价税合计: '2,040,000.00 元',
      }),
      marriageCertificate(),
    ],
    fees: [homeFee, otherFee],
    legalBasis: [
      law(
        regulation,
        '第十六条',
        '申请人应当提交登记申请书、申请人身份证明材料、不动产权属来源证明等材料，并对申请材料的真实性负责。',
      ),
      thirtyDays,
      effect,
    ],
    faq: [qa('加上配偶的名字要另外交钱吗？', '证书第一本免费，共有人每增加一本收取工本费十元。')],
  },
  {
    slug: 'property-inheritance',
    baseCode: '000715001004',
    name: '继承、受遗赠不动产转移登记',
    kind: 'promised',
    promised: workdays(5),
    statutory: workdays(30),
    steps: '2+1',
    audience: 'person',
    queues: ['SM-A'],
    serviceMinutes: { p50: 40, p80: 58 },
    slotsNeeded: 2,
    courierAllowed: true,
    certificateName: '不动产权证书',
    popularRank: 34,
    keywords: ['继承', '遗产', '房产继承', '遗嘱', '父母去世过户'],
    conditions: [
      '被继承人死亡的事实清楚，不动产已经登记在其名下。',
      '全部法定继承人到场，或者提交放弃继承的书面声明；也可以先办理继承权公证。',
    ],
    process: [
      step('受理查验', '窗口查验亲属关系和继承人情况，逐一询问并制作笔录。'),
      step('审核公示', '未经公证的在不动产登记网站公示，公示时间不计入承诺时限。'),
      step('登簿发证', '公示无异议后登簿，领取证书或者邮政寄递。'),
    ],
    materials: [
      registrationForm('转移登记（继承）', { 权利人: specimen.name, 被继承人: '林守义' }),
      idCard('全部继承人的居民身份证。'),
      propertyCertificate('被继承人名下的不动产权证书。', '林守义'),
      either('死亡证明', {
        姓名: '林守义',
        性别: '男',
        死亡日期: '2025 年 11 月 6 日',
        出具机构: '榕城市第一医院',
      }),
      householdRegister('能够证明亲属关系的户口簿、档案或者公证书。'),
      paper(
        '放弃继承声明',
        {
          声明人: '林晓棠',
          与被继承人关系: '女儿',
          声明内容: '自愿放弃对该不动产的继承权',
          见证人: '登记机构工作人员两名',
        },
        { required: false, note: '放弃继承的继承人在窗口当面签署。' },
      ),
    ],
    fees: [homeFee],
    legalBasis: [
      law(civilCode, '第二百三十条', '因继承取得物权的，自继承开始时发生效力。'),
      law(
        civilCode,
        '第一千一百二十四条',
        '继承开始后，继承人放弃继承的，应当在遗产处理前，以书面形式作出放弃继承的表示。',
      ),
      thirtyDays,
    ],
    faq: [qa('一定要先做公证吗？', '不一定。所有继承人能到场配合查验的，可以直接申请登记，不收公证费。')],
  },
  {
    slug: 'property-query',
    baseCode: '002015002001',
    name: '不动产登记资料查询（有房无房证明）',
    kind: 'instant',
    promised: minutes(10),
    statutory: workdays(1),
    steps: '1+1',
    audience: 'both',
    queues: ['SM-A'],
    serviceMinutes: { p50: 6, p80: 10 },
    bookable: false,
    zeroVisit: true,
    certificateName: '不动产登记资料查询结果证明',
    popularRank: 20,
    keywords: ['无房证明', '查档', '房产查询', '首套房证明', '有无住房'],
    conditions: ['权利人查询本人名下不动产，或者利害关系人凭证明材料查询。'],
    process: [
      step('申请', '在手机、自助机或者窗口提交查询申请并核验身份。'),
      step('出具结果', '当场出具带电子印章和验证二维码的查询结果。'),
    ],
    materials: [
      idCard(),
      paper('不动产登记资料查询申请书', {
        查询人: specimen.name,
        查询范围: '榕城市行政区域内本人及未成年子女名下住房',
        查询目的: '购房资格核验',
        申请日期: '2026 年 3 月 2 日',
      }),
    ],
    fees: [],
    legalBasis: [
      law(
        civilCode,
        '第二百一十八条',
        '权利人、利害关系人可以申请查询、复制不动产登记资料，登记机构应当提供。',
      ),
    ],
    faq: [qa('自助机打印的证明有效吗？', '有效，证明上的二维码可以查验真伪。')],
  },
]);
