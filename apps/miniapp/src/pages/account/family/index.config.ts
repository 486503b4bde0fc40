export default definePageConfig({ navigationBarTitleText: '家人和单位授权', enablePullDownRefresh: true });
