export default definePageConfig({ navigationBarTitleText: '我的预约情况', enablePullDownRefresh: true });
