export const frameWords = {
  title: '智慧公寓',
  menu: '主菜单',
  error: {
    unreachable: '连不上服务器，请稍后再试。',
    notOffered: '业务记录不能删除或批量修改。',
  },
  login: {
    ended: '登录已失效，请重新登录。',
    totp: '动态码',
    totpHelp: '此账号已绑定动态码，请输入验证器中的 6 位数字。',
  },
  action: {
    more: '更多',
    addRow: '添加一行',
    removeRow: '移除此行',
    openLease: '打开租约',
  },
  empty: {
    list: '没有符合条件的记录。',
    timeline: '还没有事件。',
    bills: '还没有账单。',
    changes: '没有变更。',
    devices: '此房间没有设备上报。',
    communities: '还没有房源。可以先导入房源表。',
  },
  dashboard: {
    awaitingApproval: '待审批',
    overdue: '逾期金额',
    restricted: '已锁控',
    workOrders: '待处理工单',
    occupied: '在租 / 房间',
    open: '未付合计',
    nothing: '没有待办。',
    overdueBills: '逾期账单',
    unapplied: '待入账收款',
  },
};
