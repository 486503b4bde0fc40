/**
 * Scan codes of EMS traces, the subset that a mail inside the country meets.
 * Source: the vendor's op-code dictionary as collected in the public OLTS repository, `mappings/cn/ems.csv`.
 */
export const opNames = {
  '203': '收寄计费信息',
  '208': '客户交接',
  '305': '揽投发运/封车',
  '389': '处理中心封车',
  '954': '到达处理中心',
  '404': '航空交航',
  '516': '到达寄达地',
  '713': '到达投递机构',
  '702': '投递邮件接收-下段',
  '723': '转窗投',
  '747': '投递包裹柜',
  '748': '收件人取走',
  '750': '包裹柜收回',
  '704': '投递结果反馈-妥投',
  '705': '投递结果反馈-未妥投',
  '708': '退件登记',
  '741': '妥投退回登记',
  '711': '退回妥投',
  '801': '撤单',
  '802': '改址申请',
  '013': '拦截成功',
  '651': '异常',
  '987': '邮件丢失',
  '207': '收寄信息作废',
  '212': '客户交接作废',
  '304': '揽投封车作废',
  '742': '投递下段作废',
  '743': '妥投作废',
  '744': '未妥投作废',
} as const;

export type OpCode = keyof typeof opNames;

export function isOpCode(value: string): value is OpCode {
  return Object.hasOwn(opNames, value);
}

/** A reversal takes back the newest scan of the code it names. */
export const reversals: Partial<Record<OpCode, OpCode>> = {
  '207': '203',
  '212': '208',
  '304': '305',
  '742': '702',
  '743': '704',
  '744': '705',
};

export const deliverNames: Record<string, string> = {
  '10': '本人收',
  '20': '他人代收',
  '30': '自提点',
  '50': '包裹柜',
  '60': '收发室',
  '70': '物业',
  '90': '协议信箱',
  '100': '其他',
  '150': '信报箱',
  '160': '村委会',
  '161': '家门口',
  '162': '办公室',
};

export const attemptNames: Record<string, string> = {
  '1': '名址有误待再投',
  '2': '名址有误',
  '3': '查无此人',
  '4': '收件人不在',
  '5': '迁移新址不明',
  '6': '延迟投递',
  '7': '收件人拒收',
  '8': '存局自取',
  '9': '转窗投',
  '14': '待收费',
  '15': '待退回',
  '16': '其他',
};

/** What usually comes next; undefined = the journey is over. */
export function usualNext(current: OpCode | undefined): OpCode | undefined {
  switch (current) {
    case undefined:
    case '207':
    case '212':
      return '203';
    case '203':
    case '208':
    case '304':
      return '305';
    case '305':
    case '389':
    case '404':
      return '954';
    case '954':
    case '516':
    case '802':
      return '713';
    case '713':
    case '705':
    case '742':
    case '743':
    case '744':
    case '750':
    case '651':
      return '702';
    case '702':
    case '723':
      return '704';
    case '747':
      return '748';
    case '708':
    case '741':
    case '013':
      return '711';
    case '704':
    case '748':
    case '711':
    case '801':
    case '987':
      return undefined;
  }
}
