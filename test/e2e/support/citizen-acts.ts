import type { Phone } from './phone.js';

export const ITEM = '存量房买卖转移登记（二手房过户）';

/** A newcomer: WeChat sign-in, consent, real name, phone number. */
export async function signUp(phone: Phone): Promise<void> {
  await phone.tap('登录');
  await phone.sees('一次登录，预约、取号');
  await phone.arrived('sign-in');
  await phone.tap('我已阅读并同意用户协议和隐私政策');
  await phone.tap('微信登录');
  await phone.tap(/^新用户/);
  await phone.sees('请填写本人信息');
  await phone.arrived('real-name');
  await phone.fill('姓名', phone.person.name);
  await phone.fill('身份证号', phone.person.idNumber);
  await phone.tap('提交');
  await phone.button('预约').waitFor();
  await phone.toTab('我的');
  await phone.sees('林**');
  await phone.tap(/^联系手机/);
  await phone.button('用微信绑定的手机号').waitFor();
  await phone.arrived('phone');
  await phone.tap('用微信绑定的手机号');
  await phone.tap('允许');
  await phone.sees('154****1099');
}

/** Finds the item by pinyin initials and opens its guide. */
export async function findItem(phone: Phone): Promise<void> {
  await phone.toTab('办事');
  await phone.fill('搜索事项', 'clf');
  await phone.button(new RegExp(`^${ITEM}`)).waitFor();
  await phone.arrived('items');
  await phone.tap(new RegExp(`^${ITEM}`));
  await phone.sees('要带的材料');
  await phone.arrived('guide');
}

export async function readSpecimen(phone: Phone): Promise<void> {
  await phone.tap(/看样例/);
  await phone.sees('样例中的人名、证号和地址都是虚构的。');
  await phone.arrived('specimen');
  await phone.tap('返回');
  await phone.sees('要带的材料');
}

/** Books the first free slot of today; the booking card with its code is open after it. @returns the code */
export async function bookToday(phone: Phone): Promise<string> {
  await phone.tap('预约');
  await phone
    .buttons(/^今天 .* 余 \d+/)
    .first()
    .tap();
  await phone
    .buttons(/^\d\d:\d\d 余 \d+/)
    .first()
    .tap();
  await phone.button(/^预约 今天/).waitFor();
  await phone.arrived('days');
  await phone.tap(/^预约 今天/);
  await phone.sees('请带齐');
  await phone.arrived('confirm');
  await phone.tap('确认预约');
  await phone.sees('允许“好办”向您发送下列消息各一次？');
  await phone.tap('允许');
  await phone.sees('预约成功');
  await phone.arrived('booking');
  return phone.page.locator('#booking-code').innerText();
}

/** @returns the number, such as A001 */
export async function checkIn(phone: Phone): Promise<string> {
  await phone.tap('我已到大厅，取号');
  await phone.tap('允许');
  await phone.sees('下一位就是您');
  return phone.page.locator('.ticket__label').filter({ visible: true }).innerText();
}

export async function seesCall(phone: Phone, label: string, desk: RegExp): Promise<void> {
  const called = phone.page.locator('#called');
  await called.getByText(label, { exact: true }).waitFor();
  await called.getByText('请到').waitFor();
  await called.getByText(desk).first().waitFor();
}

/** On the page of a rating. */
export async function rate(phone: Phone, level: string, comment?: string): Promise<void> {
  await phone.sees('您对这次服务满意吗？');
  await phone.tap(level);
  if (comment) await phone.fill('想说的话（可选）', comment);
  await phone.arrived('rating');
  await phone.tap('提交评价');
  await phone.sees('谢谢您的评价。');
  await phone.tap('返回');
}

/** From the case: address, fee, payment in the simulator's sheet. */
export async function sendHome(phone: Phone): Promise<void> {
  await phone.tap('EMS 寄到家');
  await phone.fill('收件人', phone.person.name);
  await phone.fill('手机号', phone.person.phone);
  await phone.fill('省份', '榕江省');
  await phone.fill('城市', '榕城市');
  await phone.fill('区县', '云山区');
  await phone.fill('街道和门牌号', '书院路 8 号 2 座 301 室');
  await phone.tap('查邮费');
  await phone.button(/^微信支付 ¥/).waitFor();
  await phone.arrived('send');
  await phone.tap(/^微信支付 ¥/);
  await phone.tap('允许');
  await phone.tap('确认支付');
  await phone.sees('已支付');
}
