import {
  bankCard,
  either,
  electronic,
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

const regulation = '《住房公积金管理条例》';
const threeDays = law(
  regulation,
  '第二十五条',
  '住房公积金管理中心应当自受理申请之日起三日内作出准予提取或者不准提取的决定，并通知申请人。',
);
const withdrawable = (text: string) => law(regulation, '第二十四条', text);

const withdrawForm = (reason: string, amount: string, name: string = specimen.name) =>
  paper(
    '住房公积金提取申请表',
    {
      提取人: name,
      个人公积金账号: '359902600418',
      提取原因: reason,
      申请提取金额: amount,
      收款账户: '榕江银行，尾号 3306',
    },
    { note: '窗口打印后签名，网上办理的在线确认。' },
  );

/** 住房公积金. */
export const housingFundItems = defineItems('gjj', [
  {
    slug: 'fund-purchase',
    baseCode: '002017301001',
    name: '购买自住住房提取住房公积金',
    kind: 'instant',
    promised: minutes(30),
    statutory: workdays(2),
    steps: '1+1',
    audience: 'person',
    queues: ['SM-D'],
    serviceMinutes: { p50: 12, p80: 18 },
    zeroVisit: true,
    certificateName: null,
    popularRank: 7,
    keywords: ['公积金提取', '买房提取', '取公积金', '购房提取'],
    conditions: [
      '本人或者配偶购买自住住房，自合同备案或者取得不动产权证书之日起一年内。',
      '提取总额不超过已经支付的购房款。',
    ],
    process: [
      step('申请', '核对购房合同备案和不动产登记信息。'),
      step('审核划款', '当场审核，实时划入本人银行账户。'),
    ],
    materials: [
      idCard(),
      withdrawForm('购买自住住房', '86,000.00 元'),
      either(
        '购房合同或者不动产权证书',
        {
          购房人: specimen.name,
          房屋坐落: specimen.address,
          合同备案号: '榕存网签 2026-007315',
          总价款: '壹佰捌拾陆万元整',
        },
        { note: '本市购房的联网核对，免于提交。' },
      ),
      marriageCertificate('提取配偶的公积金时核验。'),
      bankCard(),
    ],
    fees: [],
    legalBasis: [
      withdrawable('职工购买、建造、翻建、大修自住住房的，可以提取职工住房公积金账户内的存储余额。'),
      threeDays,
    ],
    faq: [
      qa('在外地买房能提取吗？', '可以，购房地应当是本人或者配偶的户籍地、工作地，提交购房合同和完税凭证。'),
      qa('提取后还能贷款吗？', '可以，但账户余额会影响可贷额度，建议先咨询再提取。'),
    ],
  },
  {
    slug: 'fund-rent',
    baseCode: '002017301002',
    name: '租房提取住房公积金',
    kind: 'instant',
    promised: minutes(10),
    statutory: workdays(2),
    steps: '1+1',
    audience: 'person',
    queues: ['SM-D'],
    serviceMinutes: { p50: 7, p80: 11 },
    zeroVisit: true,
    certificateName: null,
    popularRank: 16,
    keywords: ['租房', '租房提取', '公积金', '房租提取'],
    conditions: ['连续足额缴存满三个月，本人和配偶在榕城没有自有住房并且租赁住房。'],
    process: [
      step('申请', '在手机上授权查询住房和婚姻信息。'),
      step('划款', '系统自动审批，实时到账；可以签约按月提取。'),
    ],
    materials: [
      idCard(),
      withdrawForm('租赁住房', '每月 1,500.00 元'),
      electronic(
        '不动产登记资料查询结果',
        { 查询人: specimen.name, 查询范围: '榕城市行政区域', 查询结果: '无住房登记信息' },
        { note: '由系统联网核查，免于提交。' },
      ),
    ],
    fees: [],
    legalBasis: [
      withdrawable('职工房租超出家庭工资收入的规定比例的，可以提取职工住房公积金账户内的存储余额。'),
      threeDays,
    ],
    faq: [
      qa('没有租房合同可以提取吗？', '可以，按每人每月不超过一千五百元提取；有备案合同的按实际房租提取。'),
    ],
  },
  {
    slug: 'fund-retirement',
    baseCode: '002017301003',
    name: '离休、退休提取住房公积金',
    kind: 'instant',
    promised: minutes(15),
    statutory: workdays(2),
    steps: '1+1',
    audience: 'person',
    queues: ['SM-D'],
    serviceMinutes: { p50: 9, p80: 14 },
    zeroVisit: true,
    certificateName: null,
    popularRank: 49,
    keywords: ['退休提取', '公积金销户', '退休公积金'],
    conditions: ['已经办理离休、退休手续，账户内没有未还清的公积金贷款。'],
    process: [
      step('申请', '联网核对退休信息。'),
      step('划款销户', '本息一次划入本人账户，同时注销公积金账户。'),
    ],
    materials: [
      idCard(),
      withdrawForm('退休', '全部本息', '蒋国平'),
      either(
        '退休证明',
        { 姓名: '蒋国平', 退休时间: '2026 年 3 月', 待遇核定单位: '榕城市社会保险中心' },
        { note: '本市退休的联网核对，免于提交。' },
      ),
    ],
    fees: [],
    legalBasis: [
      withdrawable('职工离休、退休的，可以提取职工住房公积金账户内的存储余额，同时注销职工住房公积金账户。'),
      threeDays,
    ],
    faq: [qa('退休后单位还没封存账户怎么办？', '不影响，窗口可以直接办理封存和提取。')],
  },
  {
    slug: 'fund-loan',
    baseCode: '002017302001',
    name: '住房公积金个人住房贷款申请',
    kind: 'promised',
    promised: workdays(5),
    statutory: workdays(10),
    steps: '2+1',
    audience: 'person',
    queues: ['SM-D'],
    serviceMinutes: { p50: 32, p80: 48 },
    slotsNeeded: 3,
    certificateName: '住房公积金贷款审批通知书',
    popularRank: 25,
    keywords: ['公积金贷款', '房贷', '购房贷款', '组合贷'],
    conditions: [
      '连续足额缴存住房公积金六个月以上，信用良好、有偿还能力。',
      '购买榕城市行政区域内的自住住房，已支付规定比例的首付款。',
    ],
    process: [
      step('受理面签', '借款人和配偶到场面签，窗口核对收入和信用。'),
      step('审批', '核定贷款额度和期限。'),
      step('抵押放款', '办妥抵押登记后由受托银行发放贷款。'),
    ],
    materials: [
      idCard('借款人和配偶的居民身份证。'),
      paper('住房公积金个人住房贷款申请表', {
        借款人: specimen.name,
        共同借款人: specimen.spouse,
        申请金额: '柒拾万元整',
        贷款期限: '二十年',
        还款方式: '等额本息',
        所购房屋: specimen.address,
      }),
      either('购房合同', {
        买受人: specimen.name,
        合同备案号: '榕存网签 2026-007315',
        总价款: '壹佰捌拾陆万元整',
        首付款: '伍拾陆万元整',
      }),
      either('首付款凭证', {
        付款人: specimen.name,
        收款人: '存量房交易资金监管专户',
        金额: '560,000.00 元',
        付款日期: '2026 年 3 月 4 日',
      }),
      marriageCertificate(),
      propertyCertificate('购买存量房的，提交卖方的不动产权证书。', specimen.elder),
    ],
    fees: [],
    legalBasis: [
      law(
        regulation,
        '第二十六条',
        '缴存住房公积金的职工，在购买、建造、翻建、大修自住住房时，可以申请住房公积金贷款；管理中心应当自受理申请之日起十五日内作出准予贷款或者不准贷款的决定。',
      ),
    ],
    faq: [
      qa('最高能贷多少？', '单方缴存和双方缴存的上限不同，以受理当日公布的额度为准，可以在手机上先行测算。'),
    ],
  },
]);
