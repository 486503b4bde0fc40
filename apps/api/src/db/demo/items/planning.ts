import {
  businessLicence,
  either,
  electronic,
  law,
  paper,
  qa,
  specimen,
  step,
  workdays,
} from '../specimen.js';
import { defineItems } from './define.js';

const planningLaw = '《中华人民共和国城乡规划法》';
const twentyDays = law(
  '《中华人民共和国行政许可法》',
  '第四十二条',
  '行政机关应当自受理行政许可申请之日起二十日内作出行政许可决定。',
);
const project = '海纳江畔里住宅小区二期';
const projectCode = '2512-359901-04-01-386217';

/** 国土空间规划许可. */
export const planningItems = defineItems('zr', [
  {
    slug: 'land-planning-permit',
    baseCode: '000115701001',
    name: '建设用地规划许可证核发（出让用地）',
    kind: 'promised',
    promised: workdays(2),
    statutory: workdays(20),
    steps: '2+1',
    audience: 'company',
    queues: ['XZ-N'],
    serviceMinutes: { p50: 18, p80: 28 },
    courierAllowed: true,
    zeroVisit: true,
    certificateName: '建设用地规划许可证',
    popularRank: 74,
    keywords: ['用地规划', '土地规划许可', '拿地', '用地许可'],
    conditions: ['已经签订国有建设用地使用权出让合同，项目已经批准、核准或者备案。'],
    process: [
      step('受理', '与土地交付合并办理，实现交地即交证。'),
      step('审核', '核对出让合同中的规划条件。'),
      step('发证', '核发许可证。'),
    ],
    materials: [
      electronic('建设用地规划许可申请表', {
        建设单位: specimen.builder,
        项目名称: project,
        项目代码: projectCode,
        用地面积: '18,640 平方米',
        用地性质: '城镇住宅用地',
      }),
      electronic(
        '国有建设用地使用权出让合同',
        {
          出让人: '榕城市自然资源和规划局',
          受让人: specimen.builder,
          宗地编号: '云 2025-018',
          容积率: '不大于 2.2',
        },
        { note: '联网核对，免于提交。' },
      ),
      businessLicence('builder'),
    ],
    fees: [],
    legalBasis: [
      law(
        planningLaw,
        '第三十八条',
        '以出让方式取得国有土地使用权的建设项目，建设单位在取得建设项目的批准、核准、备案文件和签订国有土地使用权出让合同后，领取建设用地规划许可证。',
      ),
      twentyDays,
    ],
    faq: [
      qa(
        '规划条件可以调整吗？',
        '不得在许可证中擅自改变出让合同中的规划条件，确需变更的依照法定程序提出申请。',
      ),
    ],
  },
  {
    slug: 'building-planning-permit',
    baseCode: '000115702001',
    name: '建设工程规划许可证核发',
    kind: 'promised',
    promised: workdays(5),
    statutory: workdays(20),
    steps: '3+1',
    audience: 'company',
    queues: ['XZ-N'],
    serviceMinutes: { p50: 28, p80: 44 },
    slotsNeeded: 2,
    courierAllowed: true,
    certificateName: '建设工程规划许可证',
    popularRank: 73,
    keywords: ['工程规划', '规划许可', '方案审查', '建设工程'],
    conditions: ['取得使用土地的有关证明文件，建设工程设计方案符合控制性详细规划和规划条件。'],
    process: [
      step('受理', '网上报送设计方案电子文件。'),
      step('技术审查', '核算经济技术指标、日照和退距。'),
      step('公示审核', '批前公示不少于七日，公示时间不计入承诺时限。'),
      step('发证', '核发许可证并公布总平面图。'),
    ],
    materials: [
      electronic('建设工程规划许可申请表', {
        建设单位: specimen.builder,
        项目名称: project,
        总建筑面积: '42,360 平方米',
        计容面积: '40,980 平方米',
        建筑高度: '53.4 米',
      }),
      electronic('建设工程设计方案', {
        设计单位: '榕江省建筑设计院',
        图纸内容: '总平面、单体平立剖面、日照分析',
        设计人: '注册建筑师签章',
        完成日期: '2026 年 1 月 28 日',
      }),
      either(
        '不动产权证书（土地）',
        {
          权利人: specimen.builder,
          坐落: '榕城市云山区云麓路与学府路交叉口东北侧',
          使用权面积: '18,640 平方米',
          用途: '城镇住宅用地',
        },
        { note: '从电子证照库调取，免于提交。' },
      ),
      businessLicence('builder'),
    ],
    fees: [],
    legalBasis: [
      law(
        planningLaw,
        '第四十条',
        '在城市、镇规划区内进行建筑物、构筑物、道路、管线和其他工程建设的，建设单位或者个人应当申请办理建设工程规划许可证。',
      ),
      twentyDays,
    ],
    faq: [qa('工业标准厂房能简化吗？', '符合带方案出让条件的，实行告知承诺，一个工作日内发证。')],
  },
  {
    slug: 'planning-verification',
    baseCode: '000715703001',
    name: '建设工程竣工规划核实',
    kind: 'promised',
    promised: workdays(5),
    statutory: workdays(20),
    steps: '3+1',
    audience: 'company',
    queues: ['XZ-N'],
    serviceMinutes: { p50: 18, p80: 28 },
    courierAllowed: true,
    certificateName: '建设工程规划核实意见书',
    popularRank: 75,
    keywords: ['规划核实', '规划验收', '竣工测量', '联合验收'],
    conditions: ['建设工程按照规划许可内容建成，绿化、道路等配套设施同步完成，临时建筑已经拆除。'],
    process: [
      step('受理', '纳入联合验收，一次申请。'),
      step('现场核查', '核对竣工测量成果与许可图纸。'),
      step('审核', '审核误差是否在允许范围。'),
      step('出具意见', '出具规划核实意见。'),
    ],
    materials: [
      paper('建设工程规划核实申请表', {
        建设单位: specimen.builder,
        工程名称: '海纳江畔里住宅小区一期',
        规划许可证号: '建字第 359901202300128 号',
        竣工日期: '2026 年 2 月 10 日',
      }),
      electronic(
        '竣工测量成果报告',
        {
          测绘单位: '榕城市测绘院',
          实测建筑面积: '38,214 平方米',
          许可建筑面积: '38,226 平方米',
          测量日期: '2026 年 2 月 18 日',
        },
        { note: '多测合一成果自动共享。' },
      ),
      businessLicence('builder'),
    ],
    fees: [],
    legalBasis: [
      law(
        planningLaw,
        '第四十五条',
        '县级以上地方人民政府城乡规划主管部门按照国务院规定对建设工程是否符合规划条件予以核实；未经核实或者经核实不符合规划条件的，建设单位不得组织竣工验收。',
      ),
    ],
    faq: [qa('测量要做几次？', '规划、土地、人防、房产测绘合并为一次，成果各部门共用。')],
  },
]);
