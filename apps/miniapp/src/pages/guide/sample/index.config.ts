export default definePageConfig({ navigationBarTitleText: '填写样例' });
