const subjects: Readonly<Record<string, string>> = {
  staff: '账号',
  citizen: '市民',
  booking: '预约',
  desk: '窗口',
  ticket: '排队号',
  case: '办件',
  certificate: '证照',
  payment: '支付单',
  delivery: '寄递单',
  rating: '评价',
  entryCode: '预约码',
  hall: '中心',
  person: '群众',
};

const acts: Readonly<Record<string, string>> = {
  'booking.book': '代群众预约',
  'booking.move': '替群众改期',
  'booking.cancel': '替群众取消预约',
  'booking.export': '导出预约表格',
  'booking.read-contact': '查看预约联系方式',
  'booking.find-person': '按身份证号查人',
  'desk.open': '开放窗口',
  'desk.paused': '暂停窗口',
  'desk.closed': '关闭窗口',
  'ticket.issue': '现场发号',
  'ticket.call': '叫号',
  'ticket.recall': '重呼',
  'ticket.start': '开始办理',
  'ticket.finish': '办理结束',
  'ticket.markMissed': '过号',
  'ticket.rejoin': '重新排队',
  'ticket.leave': '放弃排队',
  'case.open': '收件开件',
  'case.advance': '进入下一环节',
  'case.suspend': '特别程序',
  'case.resume': '恢复计时',
  'case.askCorrection': '一次告知补正',
  'case.receiveCorrection': '收到补正材料',
  'case.decide': '作出决定',
  'case.notAccept': '不予受理',
  'case.withdraw': '撤回申请',
  'case.issueCertificate': '制发证照',
  'case.handOverCertificate': '窗口领取证照',
  'case.close': '办结',
  'delivery.handOver': '交给 EMS',
  'delivery.order': '向 EMS 下单',
  'delivery.mismatch': '证照与面单不符',
  'delivery.read-address': '查看收件地址',
  'payment.refund': '退款',
  'payment.mismatch': '金额不符',
  'entryCode.issue': '生成预约码',
  'staff.lock': '锁定账号',
  'staff.unlock': '解除锁定',
};

/** An act in words; one that is newer than this page is told by the API's own name, which stands beside. */
export function auditWord(action: string): string {
  return acts[action] ?? '其他操作';
}

export function subjectWord(kind: string): string {
  return subjects[kind] ?? kind;
}
