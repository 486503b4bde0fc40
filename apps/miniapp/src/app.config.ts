export default defineAppConfig({
  pages: ['pages/home/index'],
  window: {
    navigationBarTitleText: '好办',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
  },
});
