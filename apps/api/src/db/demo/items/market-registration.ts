import {
  agentLetter,
  businessLicence,
  either,
  electronic,
  hours,
  idCard,
  law,
  minutes,
  paper,
  qa,
  specimen,
  step,
  workdays,
} from '../specimen.js';
import { defineItems } from './define.js';

const companyLaw = '《中华人民共和国公司法》';
const registerRules = '《中华人民共和国市场主体登记管理条例》';
const formalReview = law(
  registerRules,
  '第十九条',
  '登记机关对申请材料齐全、符合法定形式的予以确认并当场登记；不能当场登记的，应当在三个工作日内予以登记。',
);

const premises = either(
  '住所（经营场所）使用证明',
  {
    地址: '榕江省榕城市湖东区榕荫路 27 号 1 层',
    使用方式: '租赁',
    出租人: specimen.elder,
    租赁期限: '2025 年 1 月 1 日至 2028 年 12 月 31 日',
  },
  { note: '可以填写住所申报承诺书代替。' },
);

/** 登记注册. */
export const marketRegistrationItems = defineItems('scjg', [
  {
    slug: 'company-setup',
    baseCode: '000731601001',
    name: '有限责任公司设立登记（企业开办一件事）',
    kind: 'promised',
    promised: hours(4),
    statutory: workdays(3),
    steps: '1+1',
    audience: 'company',
    queues: ['XZ-L'],
    serviceMinutes: { p50: 22, p80: 35 },
    slotsNeeded: 2,
    courierAllowed: true,
    zeroVisit: true,
    certificateName: '营业执照',
    popularRank: 12,
    keywords: ['开公司', '注册公司', '营业执照', '企业开办', '工商登记', '刻章'],
    conditions: [
      '股东符合法定人数，有公司章程、名称、组织机构和住所。',
      '全体股东认缴的出资额自公司成立之日起五年内缴足。',
    ],
    process: [
      step('申请', '网上一表填报名称、登记、刻章、税务、社保和公积金信息，股东电子签名。'),
      step('核准', '一审一核，符合法定形式的当场登记。'),
      step('领取', '在企业开办专区领取执照和首套印章，或者一并邮寄。'),
    ],
    materials: [
      electronic(
        '公司登记（备案）申请书',
        {
          公司名称: specimen.company,
          住所: '榕江省榕城市湖东区榕荫路 27 号 1 层',
          注册资本: '壹佰万元整',
          法定代表人: specimen.name,
          经营范围: '餐饮管理；餐饮服务；食品销售',
          申请日期: '2026 年 3 月 2 日',
        },
        { note: '网上填报自动生成。' },
      ),
      electronic(
        '公司章程',
        {
          公司名称: specimen.company,
          股东: `${specimen.name}、${specimen.spouse}`,
          出资额: '陆拾万元、肆拾万元',
          出资期限: '自公司成立之日起五年内缴足',
          签署日期: '2026 年 3 月 2 日',
        },
        { note: '可以使用章程参考文本。' },
      ),
      idCard('股东、法定代表人、董事和监事在线实名核验。'),
      premises,
      agentLetter('代为办理公司设立登记'),
    ],
    fees: [],
    legalBasis: [
      law(companyLaw, '第二十九条', '设立公司，应当依法向公司登记机关申请设立登记。'),
      law(
        companyLaw,
        '第四十七条',
        '全体股东认缴的出资额由股东按照公司章程的规定自公司成立之日起五年内缴足。',
      ),
      formalReview,
    ],
    faq: [
      qa('刻章要钱吗？', '首套四枚印章由市级财政承担，不收费。'),
      qa('可以先办执照，别的以后再办吗？', '可以，每个环节都能单独选择，以后在同一页面补办。'),
    ],
  },
  {
    slug: 'company-change',
    baseCode: '000731601002',
    name: '公司变更登记（名称、住所、法定代表人、股东）',
    kind: 'instant',
    promised: hours(2),
    statutory: workdays(3),
    steps: '1+1',
    audience: 'company',
    queues: ['XZ-L'],
    serviceMinutes: { p50: 20, p80: 32 },
    slotsNeeded: 2,
    courierAllowed: true,
    zeroVisit: true,
    certificateName: '营业执照',
    popularRank: 31,
    keywords: ['公司变更', '法人变更', '股权变更', '地址变更', '增资'],
    conditions: [
      '变更决议或者决定依照公司章程和公司法作出。',
      '自作出变更决议、决定或者法定变更事项发生之日起三十日内申请。',
    ],
    process: [
      step('申请', '网上或者窗口提交，相关人员在线签名。'),
      step('审核登记', '符合法定形式的当场登记。'),
      step('换照', '换发营业执照，旧照交回；可以邮寄。'),
    ],
    materials: [
      paper('公司变更登记申请书', {
        公司名称: specimen.company,
        变更事项: '住所',
        原登记内容: '榕城市湖东区榕荫路 27 号 1 层',
        变更后内容: '榕城市湖东区软件园二路 6 号 1 层',
        法定代表人: specimen.name,
      }),
      either('股东会决议', {
        会议时间: '2026 年 3 月 1 日',
        会议议题: '变更公司住所并修改公司章程',
        表决情况: '代表全部表决权的股东同意',
        股东签名: `${specimen.name}、${specimen.spouse}`,
      }),
      businessLicence(),
      premises,
    ],
    fees: [],
    legalBasis: [
      law(companyLaw, '第三十四条', '公司登记事项发生变更的，应当依法办理变更登记。'),
      law(
        registerRules,
        '第二十四条',
        '市场主体变更登记事项，应当自作出变更决议、决定或者法定变更事项发生之日起三十日内向登记机关申请变更登记。',
      ),
    ],
    faq: [qa('换了法定代表人，谁来签字？', '变更登记申请书由变更后的法定代表人签署。')],
  },
  {
    slug: 'company-dissolve',
    baseCode: '000731601003',
    name: '公司简易注销登记',
    kind: 'promised',
    promised: workdays(1),
    statutory: workdays(3),
    steps: '1+1',
    audience: 'company',
    queues: ['XZ-L'],
    serviceMinutes: { p50: 12, p80: 19 },
    zeroVisit: true,
    certificateName: '登记通知书',
    popularRank: 41,
    keywords: ['注销公司', '简易注销', '关公司', '执照注销'],
    conditions: [
      '公司在存续期间未产生债务，或者已经清偿全部债务，全体股东对此作出承诺。',
      '通过国家企业信用信息公示系统公告不少于二十日且没有异议。',
    ],
    process: [
      step('公告', '网上公告二十日，公告时间不计入承诺时限。'),
      step('申请', '公告期满后二十日内提交申请。'),
      step('办结', '审核后出具登记通知书，营业执照同时作废。'),
    ],
    materials: [
      paper('公司注销登记申请书', {
        公司名称: specimen.company,
        注销类型: '简易注销',
        公告起止: '2026 年 2 月 2 日至 2026 年 2 月 21 日',
        申请人: specimen.name,
      }),
      paper('全体股东承诺书', {
        承诺人: `${specimen.name}、${specimen.spouse}`,
        承诺内容: '公司未产生债务或者已经清偿全部债务，承诺不实的，对注销登记前的债务承担连带责任',
        承诺日期: '2026 年 2 月 2 日',
      }),
      businessLicence(),
    ],
    fees: [],
    legalBasis: [
      law(
        companyLaw,
        '第二百四十条',
        '公司在存续期间未产生债务，或者已清偿全部债务的，经全体股东承诺，可以按照规定通过简易程序注销公司登记；公告期限不少于二十日。',
      ),
      law(
        registerRules,
        '第三十三条',
        '市场主体应当将承诺书及注销登记申请通过国家企业信用信息公示系统公示，公示期为二十日。',
      ),
    ],
    faq: [qa('执照丢了可以注销吗？', '可以，在公示系统公告遗失后即可申请。')],
  },
  {
    slug: 'individual-business',
    baseCode: '000731602001',
    name: '个体工商户设立登记',
    kind: 'instant',
    promised: minutes(30),
    statutory: workdays(3),
    steps: '1+1',
    audience: 'person',
    queues: ['XZ-L', 'SM-F'],
    serviceMinutes: { p50: 13, p80: 20 },
    courierAllowed: true,
    zeroVisit: true,
    certificateName: '营业执照',
    popularRank: 36,
    keywords: ['个体户', '开店', '个体执照', '营业执照', '摆摊'],
    conditions: ['有经营能力的公民，经营者为一人或者家庭。'],
    process: [
      step('申请', '填写字号、经营范围和经营场所。'),
      step('登记', '系统自动审核，符合条件的即时核准。'),
      step('领照', '窗口或者自助机打印执照，也可以邮寄。'),
    ],
    materials: [
      paper('个体工商户登记申请书', {
        字号名称: '榕城市江滨区榕小厨餐饮店',
        经营者: specimen.name,
        组成形式: '个人经营',
        经营场所: '榕城市江滨区白榄路 15 号',
        经营范围: '餐饮服务',
      }),
      idCard(),
      premises,
    ],
    fees: [],
    legalBasis: [
      law(
        '《促进个体工商户发展条例》',
        null,
        '有经营能力的公民在中华人民共和国境内从事工商业经营，依法登记为个体工商户的，适用本条例。',
      ),
      formalReview,
    ],
    faq: [
      qa(
        '只在网上卖东西也要执照吗？',
        '个人销售自产农副产品、家庭手工业产品，或者零星小额交易的不需要登记，其他情形应当登记，可以用网络经营场所登记。',
      ),
    ],
  },
]);
