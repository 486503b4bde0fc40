import {
  either,
  electronic,
  householdRegister,
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

const protectionLaw = '《中华人民共和国残疾人保障法》';

/** 残联. */
export const disabledPersonsItems = defineItems('cl', [
  {
    slug: 'disability-card',
    baseCode: '000761001001',
    name: '残疾人证新办、换领与补领',
    kind: 'promised',
    promised: workdays(7),
    statutory: workdays(20),
    steps: '3+1',
    audience: 'person',
    queues: ['SM-F'],
    serviceMinutes: { p50: 11, p80: 18 },
    courierAllowed: true,
    certificateName: '中华人民共和国残疾人证',
    popularRank: 32,
    keywords: ['残疾证', '残疾人证', '残疾评定', '换残疾证'],
    conditions: [
      '视力、听力、言语、肢体、智力、精神残疾以及多重残疾人，符合残疾标准。',
      '未成年人和无民事行为能力人由监护人代为申请。',
    ],
    process: [
      step('受理', '窗口受理，行动不便的可以预约上门。'),
      step('残疾评定', '到指定医院评定，评定和公示时间不计入承诺时限。'),
      step('公示审核', '公示五个工作日后审核。'),
      step('发证', '制发残疾人证，可以邮政寄递。'),
    ],
    materials: [
      idCard('申请人的居民身份证；代办的同时出示代办人身份证。'),
      householdRegister(),
      paper('残疾人证申请表', {
        申请人: specimen.elder,
        申请类型: '新办',
        残疾类别: '肢体',
        监护人或联系人: specimen.name,
        联系电话: specimen.mobile,
      }),
      either(
        '残疾评定表',
        {
          申请人: specimen.elder,
          评定医院: '榕城市第二医院',
          残疾类别与等级: '肢体三级',
          评定日期: '2026 年 3 月 10 日',
        },
        { note: '由评定医院直接上传。' },
      ),
      portrait(),
    ],
    fees: [],
    legalBasis: [
      law(
        protectionLaw,
        '第二条',
        '残疾人是指在心理、生理、人体结构上，某种组织、功能丧失或者不正常，全部或者部分丧失以正常方式从事某种活动能力的人。',
      ),
      law('《中华人民共和国残疾人证管理办法》', null, '规定了残疾人证的申请、评定、核发和换领。'),
    ],
    faq: [
      qa('评定要自己付费吗？', '榕城户籍居民首次评定的费用由财政承担。'),
      qa('外地户籍可以在榕城办吗？', '可以，新办、换领、补领等事项已经跨省通办。'),
    ],
  },
  {
    slug: 'assistive-device',
    baseCode: '000561002001',
    name: '残疾人辅助器具适配补贴申领',
    kind: 'promised',
    promised: workdays(7),
    statutory: workdays(20),
    steps: '2+1',
    audience: 'person',
    queues: ['SM-F'],
    serviceMinutes: { p50: 10, p80: 16 },
    courierAllowed: true,
    zeroVisit: true,
    certificateName: '辅助器具适配补贴通知单',
    popularRank: 76,
    keywords: ['轮椅', '助听器', '假肢', '辅具', '辅助器具'],
    conditions: ['榕城市户籍，持有残疾人证，有辅助器具适配需求。'],
    process: [
      step('申请', '选择器具种类和适配机构。'),
      step('评估适配', '机构评估后适配，行动不便的上门服务。'),
      step('结算补贴', '补贴部分由机构直接结算，个人只付差额。'),
    ],
    materials: [
      idCard(),
      electronic(
        '中华人民共和国残疾人证',
        { 姓名: specimen.elder, 残疾类别: '肢体', 残疾等级: '三级', 签发机关: '榕城市残疾人联合会' },
        { note: '联网核验，免于提交。' },
      ),
      paper(
        '辅助器具适配补贴申请表',
        {
          申请人: specimen.elder,
          申请器具: '护理型手动轮椅',
          适配机构: '榕城市辅助器具服务中心',
          联系电话: specimen.mobile,
        },
        { note: '窗口打印后签名。' },
      ),
    ],
    fees: [],
    legalBasis: [
      law(protectionLaw, '第十五条', '国家保障残疾人享有康复服务的权利。'),
      law('《残疾预防和残疾人康复条例》', null, '规定了辅助器具适配等康复服务和补贴。'),
    ],
    faq: [qa('多久可以再申请一次？', '按器具使用年限，轮椅一般三年；儿童和损坏严重的可以提前。')],
  },
]);
