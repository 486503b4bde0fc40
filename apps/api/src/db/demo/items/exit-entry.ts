import {
  either,
  fee,
  householdRegister,
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

const priceNotice = '《国家发展改革委 财政部关于降低部分行政事业性收费标准的通知》（发改价格〔2019〕914 号）';

const endorsementNotice =
  '《国家发展改革委 财政部关于电信网码号资源占用费等部分行政事业性收费标准的通知》（发改价格〔2017〕1186 号）';

/** 出入境 and 户口迁移. */
export const exitEntryItems = defineItems('ga', [
  {
    slug: 'passport',
    baseCode: '000109005001',
    name: '普通护照首次申领',
    kind: 'promised',
    promised: workdays(7),
    statutory: workdays(10),
    steps: '2+1',
    audience: 'person',
    queues: ['SM-C'],
    serviceMinutes: { p50: 10, p80: 15 },
    courierAllowed: true,
    certificateName: '中华人民共和国普通护照',
    popularRank: 5,
    keywords: ['护照', '出国', '因私护照', '办护照'],
    conditions: [
      '中国公民因前往外国定居、探亲、学习、就业、旅行、从事商务活动等非公务原因出国。',
      '全国通办，外省户籍同样可以申请。',
    ],
    process: [
      step('受理', '窗口核验身份，采集指纹和签名，核对申请表。'),
      step('审核', '出入境管理机构审核申请事由和法定不准出境情形。'),
      step('签发', '签发并制作护照。'),
      step('领取', '到窗口领取或者邮政寄递。'),
    ],
    materials: [
      idCard(),
      paper(
        '中国公民出入境证件申请表',
        {
          申请人: specimen.name,
          拼音姓名: 'LIN XIAORONG',
          申请证件: '普通护照',
          申请类别: '首次申请',
          前往事由: '旅行',
          紧急联系人: `${specimen.spouse}（配偶）`,
        },
        { note: '可以在手机上预填，到窗口扫码打印。' },
      ),
      portrait(),
      paper(
        '监护人同意证明',
        {
          申请人: `${specimen.child}（未满十六周岁）`,
          监护人: specimen.name,
          关系: '母女',
          监护人意见: '同意申请普通护照',
        },
        { required: false, note: '未满十六周岁的申请人提交，监护人陪同到场。' },
      ),
    ],
    fees: [fee('普通护照工本费（每本）', 12000, priceNotice)],
    legalBasis: [
      law(
        '《中华人民共和国护照法》',
        '第五条',
        '公民因非公务原因出国的，由本人向公安机关出入境管理机构申请普通护照。',
      ),
      law(
        '《中华人民共和国护照法》',
        '第六条',
        '出入境管理机构应当自收到申请材料之日起十五日内签发普通护照。',
      ),
      law(
        '《中华人民共和国护照法》',
        '第七条',
        '护照持有人未满十六周岁的有效期五年，十六周岁以上的有效期十年。',
      ),
    ],
    faq: [
      qa('可以别人代办吗？', '首次申请要采集指纹，需要本人到场。'),
      qa(
        '相片可以自己带吗？',
        '可以，但要符合出入境证件相片标准；大厅自助拍摄机拍的照片会自动检测，一次通过。',
      ),
    ],
  },
  {
    slug: 'hk-macao-endorsement',
    baseCode: '000109006002',
    name: '往来港澳通行证个人旅游签注',
    kind: 'instant',
    promised: minutes(10),
    statutory: workdays(21),
    steps: '1+1',
    audience: 'person',
    queues: ['SM-C'],
    serviceMinutes: { p50: 5, p80: 8 },
    certificateName: '往来港澳通行证签注',
    popularRank: 6,
    keywords: ['港澳通行证', '签注', '去香港', '去澳门', '续签'],
    conditions: ['持有有效的电子往来港澳通行证。', '本人没有法定不准出境情形。'],
    process: [
      step('自助申请', '在窗口或者 24 小时自助机刷身份证、选择签注种类并缴费。'),
      step('写入签注', '系统审核通过后当场写入签注，取回通行证。'),
    ],
    materials: [
      idCard(),
      either('往来港澳通行证', {
        姓名: specimen.name,
        证件种类: '电子往来港澳通行证',
        有效期至: '2033 年 5 月 21 日',
        申请签注: '香港个人旅游，三个月一次',
      }),
    ],
    fees: [
      fee('一次有效签注（每件）', 1500, endorsementNotice),
      fee('二次有效签注（每件）', 3000, endorsementNotice),
    ],
    legalBasis: [
      law(
        '《中华人民共和国出境入境管理法》',
        '第十条',
        '中国公民往来内地与香港特别行政区、澳门特别行政区，应当依法申请办理通行证件。',
      ),
      law(
        '《中国公民因私事往来香港地区或者澳门地区的暂行管理办法》',
        null,
        '规定了通行证和签注的申请、审批与签发。',
      ),
    ],
    faq: [qa('夜里能办吗？', '可以。东门自助服务区 24 小时开放，刷身份证进入。')],
  },
  {
    slug: 'household-move',
    baseCode: '000709007003',
    name: '夫妻投靠户口迁入',
    kind: 'promised',
    promised: workdays(3),
    statutory: workdays(20),
    steps: '2+1',
    audience: 'person',
    queues: ['SM-C'],
    serviceMinutes: { p50: 18, p80: 26 },
    slotsNeeded: 2,
    courierAllowed: true,
    certificateName: '居民户口簿',
    popularRank: 37,
    keywords: ['户口迁移', '落户', '投靠', '迁户口', '户口迁入'],
    conditions: [
      '配偶一方为榕城市家庭户常住户口，双方已经办理结婚登记。',
      '落户地址为本人、配偶所有或者承租的合法稳定住所。',
    ],
    process: [
      step('受理', '窗口核验双方身份、婚姻关系和落户地址。'),
      step('审核', '落户地公安机关审核，跨省迁移信息由系统传到迁出地，不用往返。'),
      step('办结', '打印户口簿内页，到窗口领取或者邮政寄递。'),
    ],
    materials: [
      paper('户口迁移申请表', {
        申请人: specimen.name,
        迁移原因: '夫妻投靠',
        迁出地: '榕江省长屿县屿头镇前街 14 号',
        迁入地: specimen.address,
        被投靠人: specimen.spouse,
      }),
      idCard('双方的居民身份证。'),
      householdRegister('双方的户口簿。'),
      either('结婚证', {
        持证人: specimen.name,
        配偶姓名: specimen.spouse,
        登记日期: '2015 年 10 月 18 日',
        结婚证字号: 'J359901-2015-004216',
      }),
    ],
    fees: [],
    legalBasis: [
      law(
        '《中华人民共和国户口登记条例》',
        '第十条',
        '公民迁出本户口管辖区，由本人或者户主在迁出前向户口登记机关申报迁出登记。',
      ),
      law(
        '《中华人民共和国户口登记条例》',
        '第十三条',
        '公民迁移，从到达迁入地的时候起，由本人或者户主向户口登记机关申报迁入登记。',
      ),
    ],
    faq: [qa('还要先回老家开准迁证吗？', '不用。户口迁移已经全国通办，迁入地一次受理。')],
  },
]);
