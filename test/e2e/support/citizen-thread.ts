import {
  ITEM,
  bookToday,
  checkIn,
  findItem,
  rate,
  readSpecimen,
  seesCall,
  sendHome,
  signUp,
} from './citizen-acts.js';
import type { HallActs } from './hall-acts.js';
import type { Phone } from './phone.js';

/** The citizen's part of the thread by tapping, from sign-in to the inbox; `phone.arrived` tells of each page on the way. */
export async function citizenThread(phone: Phone, hall: HallActs): Promise<void> {
  await phone.arrived('home-signed-out');
  await signUp(phone);
  await phone.arrived('mine');
  await findItem(phone);
  await readSpecimen(phone);
  await bookToday(phone);
  const label = await checkIn(phone);
  await phone.arrived('ticket');
  await hall.call(label);
  await seesCall(phone, label, /^13 号/);
  await phone.arrived('called');
  const opened = await hall.serve();
  await phone.sees('已办完');
  await phone.arrived('ticket-done');
  await phone.tap('评价这次服务');
  await rate(phone, '非常满意');
  const closed = await hall.grant(opened);
  await phone.toTab('进度');
  await phone.tap(new RegExp(`^${ITEM}`));
  await phone.button('EMS 寄到家').waitFor();
  await phone.arrived('case');
  await sendHome(phone);
  await hall.deliver(closed);
  await phone.toTab('首页');
  await phone.toTab('进度');
  await phone.tap('寄递');
  await phone.arrived('progress');
  await phone.tap(/^不动产权证书/);
  await phone.sees('已签收');
  await phone.arrived('delivered');
  await phone.toTab('我的');
  await phone.tap(/^消息 \d+ 条未读/);
  await phone.button('全部标为已读').waitFor();
  await phone.arrived('inbox');
  await phone.toTab('我的');
  await phone.tap('我的评价');
  await phone.sees('非常满意');
  await phone.arrived('ratings');
}
