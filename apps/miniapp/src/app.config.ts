export default defineAppConfig({
  pages: ['pages/home/index', 'pages/items/index', 'pages/progress/index', 'pages/mine/index'],
  subPackages: [
    { root: 'pages/guide', pages: ['detail/index', 'sample/index'] },
    {
      root: 'pages/booking',
      pages: [
        'enter/index',
        'days/index',
        'confirm/index',
        'detail/index',
        'standing/index',
        'waitlist/index',
      ],
    },
    { root: 'pages/queue', pages: ['take/index', 'ticket/index'] },
    { root: 'pages/cases', pages: ['detail/index', 'look-up/index'] },
    { root: 'pages/delivery', pages: ['send/index', 'detail/index'] },
    { root: 'pages/ratings', pages: ['give/index', 'list/index'] },
    { root: 'pages/inbox', pages: ['list/index'] },
    {
      root: 'pages/account',
      pages: [
        'sign-in/index',
        'real-name/index',
        'phone/index',
        'family/index',
        'green/index',
        'privacy/index',
        'about/index',
      ],
    },
  ],
  // The next step of most visits, fetched while the first page is read.
  preloadRule: {
    'pages/home/index': { network: 'all', packages: ['pages/queue', 'pages/booking'] },
    'pages/items/index': { network: 'all', packages: ['pages/guide'] },
    'pages/progress/index': { network: 'all', packages: ['pages/cases'] },
  },
  window: {
    navigationBarTitleText: '好办',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundColor: '#f4f6f5',
    backgroundTextStyle: 'dark',
  },
  tabBar: {
    color: '#66736e',
    selectedColor: '#0b6b4f',
    backgroundColor: '#ffffff',
    borderStyle: 'white',
    list: [
      {
        pagePath: 'pages/home/index',
        text: '首页',
        iconPath: 'assets/tab-home.png',
        selectedIconPath: 'assets/tab-home-on.png',
      },
      {
        pagePath: 'pages/items/index',
        text: '办事',
        iconPath: 'assets/tab-items.png',
        selectedIconPath: 'assets/tab-items-on.png',
      },
      {
        pagePath: 'pages/progress/index',
        text: '进度',
        iconPath: 'assets/tab-progress.png',
        selectedIconPath: 'assets/tab-progress-on.png',
      },
      {
        pagePath: 'pages/mine/index',
        text: '我的',
        iconPath: 'assets/tab-mine.png',
        selectedIconPath: 'assets/tab-mine-on.png',
      },
    ],
  },
  // The address of a parcel or of a visit at home, and roughly where the person is, for the order of the halls; each on a tap.
  requiredPrivateInfos: ['chooseAddress', 'getFuzzyLocation'],
  permission: {
    'scope.userFuzzyLocation': { desc: '只在手机上用来按远近排列大厅，不上传' },
  },
  // In the browser Taro hides a page by a timer, which blanks the one that a quick hand came back to in the meantime.
  ...(process.env.TARO_ENV === 'h5' ? { animation: false } : {}),
  lazyCodeLoading: 'requiredComponents',
  __usePrivacyCheck__: true,
});
