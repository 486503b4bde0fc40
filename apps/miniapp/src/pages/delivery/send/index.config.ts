export default definePageConfig({ navigationBarTitleText: '寄证照' });
