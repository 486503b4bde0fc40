export default definePageConfig({ navigationBarTitleText: '好办', enablePullDownRefresh: true });
