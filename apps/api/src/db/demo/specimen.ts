import type {
  DemoDuration,
  DemoFee,
  DemoLegalBasis,
  DemoMaterial,
  DemoProcessStep,
  DemoQuestion,
} from './types.js';

/** The people and companies on every specimen form: one invented family, so that the samples agree with one another. */
export const specimen = {
  name: '林晓榕',
  idNumber: '359901198806153429',
  mobile: '15400590001',
  address: '榕江省榕城市江滨区白榄路 8 号榄园 2 座 602 室',
  spouse: '陈启航',
  spouseIdNumber: '359901198611032512',
  child: '陈知夏',
  childIdNumber: '35990120260208482X',
  elder: '郑伯言',
  elderIdNumber: '359901195209171617',
  company: '榕城木棉餐饮管理有限公司',
  companyCode: '91359901MA33QX71X4',
  builder: '榕城海纳建设发展有限公司',
  builderCode: '91359901MA2Y9C580N',
  property: '榕（2025）榕城市不动产权第 0023871 号',
  unitNumber: '359901 003012 GB00046 F00020602',
} as const;

type Fields = Readonly<Record<string, string>>;

interface MaterialOptions {
  readonly originals?: number;
  readonly copies?: number;
  readonly required?: boolean;
  readonly note?: string;
}

const material =
  (form: DemoMaterial['form']) =>
  (name: string, fields: Fields, options: MaterialOptions = {}): DemoMaterial => ({
    name,
    originals: options.originals ?? 1,
    copies: options.copies ?? 0,
    form,
    required: options.required ?? true,
    note: options.note ?? null,
    sample: { title: name, fields: Object.entries(fields).map(([label, value]) => ({ label, value })) },
  });

/** Brought on paper; one original unless told otherwise. */
export const paper = material('paper');
/** Only as a file or from the shared electronic certificates. */
export const electronic = material('electronic');
/** On paper or electronic, as the applicant likes. */
export const either = material('either');

export const minutes = (value: number): DemoDuration => ({ value, unit: 'minute' });
export const hours = (value: number): DemoDuration => ({ value, unit: 'hour' });
export const workdays = (value: number): DemoDuration => ({ value, unit: 'workday' });

export const fee = (name: string, fen: number, basis: string): DemoFee => ({ name, fen, basis });
export const law = (name: string, article: string | null, text: string): DemoLegalBasis => ({
  law: name,
  article,
  text,
});
export const step = (name: string, text: string): DemoProcessStep => ({ name, text });
export const qa = (question: string, answer: string): DemoQuestion => ({ question, answer });

export const idCard = (note = '出示原件或电子身份证，核验后当场退还。'): DemoMaterial =>
  either(
    '居民身份证',
    {
      姓名: specimen.name,
      性别: '女',
      民族: '汉',
      出生: '1988 年 6 月 15 日',
      住址: specimen.address,
      公民身份号码: specimen.idNumber,
    },
    { note },
  );

export const householdRegister = (note = '已实现数据共享的免于提交。'): DemoMaterial =>
  either(
    '居民户口簿',
    {
      户别: '家庭户',
      户主姓名: specimen.spouse,
      本页姓名: specimen.name,
      与户主关系: '妻',
      住址: specimen.address,
      登记日期: '2016 年 9 月 20 日',
    },
    { note },
  );

export const agentLetter = (matter: string): DemoMaterial =>
  paper(
    '授权委托书',
    {
      委托人: specimen.name,
      受托人: specimen.spouse,
      受托人身份号码: specimen.spouseIdNumber,
      委托事项: matter,
      委托期限: '2026 年 3 月 1 日至 2026 年 5 月 31 日',
      委托人签名: specimen.name,
    },
    { required: false, note: '委托他人办理时提交，受托人同时出示本人身份证。' },
  );

export const businessLicence = (company: 'company' | 'builder' = 'company'): DemoMaterial =>
  electronic(
    '营业执照',
    {
      名称: specimen[company],
      统一社会信用代码: company === 'company' ? specimen.companyCode : specimen.builderCode,
      类型: '有限责任公司（自然人投资或控股）',
      法定代表人: specimen.name,
      住所: '榕江省榕城市湖东区榕荫路 27 号 1 层',
    },
    { note: '从电子证照库调取，免于提交。' },
  );

export const propertyCertificate = (note = '收取原件。', owner: string = specimen.name): DemoMaterial =>
  either(
    '不动产权证书',
    {
      证号: specimen.property,
      权利人: owner,
      共有情况: '单独所有',
      坐落: specimen.address,
      不动产单元号: specimen.unitNumber,
      建筑面积: '98.62 平方米',
    },
    { note },
  );

export const bankCard = (note = '本人名下的一类借记账户，用于接收款项。'): DemoMaterial =>
  either(
    '本人银行卡',
    { 户名: specimen.name, 开户银行: '榕江银行榕城江滨支行', 卡号: '尾号 3306' },
    { note },
  );

export const portrait = (): DemoMaterial =>
  either(
    '近期免冠证件照',
    { 规格: '白色背景，符合证件照标准', 拍摄日期: '2026 年 3 月 2 日', 采集编号: 'RC20260302-0118' },
    { note: '大厅自助拍摄机免费拍摄，照片直接传到窗口。' },
  );

export const marriageCertificate = (note = '已婚的提交；能通过婚姻登记信息核验的免于提交。'): DemoMaterial =>
  either(
    '结婚证',
    {
      持证人: specimen.name,
      配偶姓名: specimen.spouse,
      登记日期: '2015 年 10 月 18 日',
      结婚证字号: 'J359901-2015-004216',
    },
    { required: false, note },
  );
