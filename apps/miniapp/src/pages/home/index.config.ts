export default definePageConfig({ navigationBarTitleText: '好办' });
