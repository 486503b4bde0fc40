export default definePageConfig({ navigationBarTitleText: '证照寄递', enablePullDownRefresh: true });
