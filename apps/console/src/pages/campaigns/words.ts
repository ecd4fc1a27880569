import { createWords } from "@caravan/ui";

/** What the console says of campaigns. */
export const words = createWords({
  en: {
    campaigns: "Campaigns",
    text: "What cars are asked to send, when and for what. The cloud signs each campaign; the car checks it and says whether it runs.",
    add: "New campaign",
    edit: "Change",
    stop: "Stop",
    run: "Run again",
    close: "Close",
    retry: "Try again",
    cancel: "Cancel",
    send: "Sign and send",
    loading: "Loading the campaigns…",
    failed: "The campaigns could not be loaded.",
    forbidden: "Only an operator sees campaigns.",
    notDone: "That could not be done. Check the connection and try again.",
    unknown: "There is no such campaign",
    name: "Name",
    when: "When",
    signals: "Signals",
    cars: "Cars",
    state: "State",
    purpose: "Purpose",
    priority: "Priority",
    until: "Ends",
    untilNone: "When stopped",
    byTime: "By time",
    byCondition: "By condition",
    condition: "Condition",
    conditionHint: "Vehicle.Speed > 100 and not Vehicle.Cabin.Door.Row1.DriverSide.IsOpen",
    good: "The condition can be read.",
    here: (v: { at: number }) => `At character ${v.at}`,
    onRising: "Each time it becomes true",
    onAlways: "For as long as it is true",
    pre: "Seconds before",
    post: "Seconds after",
    rule: "Path, branch (Vehicle.Cabin.*) or path with *",
    every: "At most every … s",
    deadband: "Change of at least",
    addRule: "Add signals",
    removeRule: "Remove",
    matches: (v: { count: number; first: string }) =>
      v.count === 0 ? "No signal fits." : v.count === 1 ? v.first : `${v.count} signals: ${v.first}`,
    allCars: "All cars",
    someCars: "Chosen cars",
    runningIn: (v: { running: number; all: number }) => `${v.running} of ${v.all}`,
    summaryTime: "once a second at most",
    summaryCondition: (v: { expression: string }) => `when ${v.expression}`,
    revision: (v: { revision: number }) => `Edition ${v.revision}`,
    states: (v: { state: "running" | "stopped" | "over" }): string =>
      v.state === "running" ? "Running" : v.state === "stopped" ? "Stopped" : "Over",
    carState: (v: { kind: string; why: string; detail: string }): string => {
      if (v.kind === "running") return "Runs";
      if (v.kind === "waiting") return "Not heard yet";
      if (v.kind === "expired") return "Over";
      if (v.kind === "stopped") return "Stopped";
      if (v.why === "consent") return "Refused: no consent to this purpose";
      if (v.why === "no-such-signal") return "Refused: this car has none of the signals";
      if (v.kind === "not-taken") return "Not taken: the list of campaigns could not be trusted";
      return v.detail === "" ? "Refused" : `Refused: ${v.detail}`;
    },
    figures: (v: { samples: number; triggers: number }) =>
      v.triggers === 0 ? `${v.samples} samples` : `${v.triggers} times, ${v.samples} samples`,
    classes: (v: { name: string }): string =>
      v.name === "alarm"
        ? "Alarm: first to go, last to be given up"
        : v.name === "state"
          ? "State"
          : v.name === "trip"
            ? "Trip"
            : "Bulk: last to go, first to be given up",
    purposes: (v: { name: string }): string =>
      v.name === "operation"
        ? "Operation"
        : v.name === "service"
          ? "Service and repair"
          : v.name === "research"
            ? "Research"
            : "Marketing",
    fault: (v: { code: string; message: string; word: string }) => v.message,
    nobody: "No car is in this campaign.",
    mayTakeMinutes: "A car that is not connected hears of it when it comes back.",
  },
  "zh-CN": {
    campaigns: "采集任务",
    text: "规定车辆上报哪些数据、何时上报、用于何处。任务由云端签名，车辆验证后执行并回报状态。",
    add: "新建任务",
    edit: "修改",
    stop: "停止",
    run: "重新运行",
    close: "关闭",
    retry: "重试",
    cancel: "取消",
    send: "签名并下发",
    loading: "正在加载采集任务…",
    failed: "采集任务未能加载。",
    forbidden: "只有运营人员可以查看采集任务。",
    notDone: "操作未成功，请检查网络后重试。",
    unknown: "没有这个任务",
    name: "名称",
    when: "时机",
    signals: "信号",
    cars: "车辆",
    state: "状态",
    purpose: "用途",
    priority: "优先级",
    until: "结束时间",
    untilNone: "手动停止为止",
    byTime: "按时间",
    byCondition: "按条件",
    condition: "条件",
    conditionHint: "Vehicle.Speed > 100 and not Vehicle.Cabin.Door.Row1.DriverSide.IsOpen",
    good: "条件有效。",
    here: (v) => `第 ${v.at} 个字符处`,
    onRising: "每次条件变为成立时",
    onAlways: "条件成立期间持续",
    pre: "之前（秒）",
    post: "之后（秒）",
    rule: "路径、分支（Vehicle.Cabin.*）或含 * 的路径",
    every: "最短间隔（秒）",
    deadband: "最小变化量",
    addRule: "添加信号",
    removeRule: "移除",
    matches: (v) => (v.count === 0 ? "没有匹配的信号。" : v.count === 1 ? v.first : `${v.count} 个信号：${v.first}`),
    allCars: "全部车辆",
    someCars: "指定车辆",
    runningIn: (v) => `${v.running} / ${v.all}`,
    summaryTime: "每秒最多一次",
    summaryCondition: (v) => `当 ${v.expression}`,
    revision: (v) => `第 ${v.revision} 版`,
    states: (v) => (v.state === "running" ? "运行中" : v.state === "stopped" ? "已停止" : "已结束"),
    carState: (v) => {
      if (v.kind === "running") return "运行中";
      if (v.kind === "waiting") return "尚未收到";
      if (v.kind === "expired") return "已结束";
      if (v.kind === "stopped") return "已停止";
      if (v.why === "consent") return "已拒绝：该用途未获授权";
      if (v.why === "no-such-signal") return "已拒绝：该车没有这些信号";
      if (v.kind === "not-taken") return "未接受：任务清单无法验证";
      return v.detail === "" ? "已拒绝" : `已拒绝：${v.detail}`;
    },
    figures: (v) => (v.triggers === 0 ? `${v.samples} 条数据` : `触发 ${v.triggers} 次，${v.samples} 条数据`),
    classes: (v) =>
      v.name === "alarm"
        ? "警报：最先发送，最后舍弃"
        : v.name === "state"
          ? "状态"
          : v.name === "trip"
            ? "行程"
            : "批量：最后发送，最先舍弃",
    purposes: (v) =>
      v.name === "operation" ? "运营" : v.name === "service" ? "保养维修" : v.name === "research" ? "研究" : "营销",
    fault: (v) => {
      switch (v.code) {
        case "empty":
          return "请填写条件。";
        case "too-long":
        case "too-deep":
        case "too-many-parts":
        case "too-many-signals":
          return "条件过于复杂。";
        case "unknown-signal":
          return `没有信号 ${v.word}。`;
        case "unknown-function":
          return `没有函数 ${v.word}，可用 abs 和 known。`;
        case "list-signal":
          return "列表类信号不能比较。";
        case "number-expected":
          return "此处应为数值。";
        case "yes-no-expected":
          return "此处应为真或假，例如一个比较式。";
        case "cannot-compare":
          return "两侧类型不同，无法比较。";
        case "never-that-value":
          return `该信号不会取值 ${v.word}。`;
        case "bracket-expected":
          return "缺少右括号。";
        case "open-text":
          return "文本缺少结束引号。";
        case "chained-comparison":
          return "一次只能比较两个值，请用 and 连接。";
        case "strange-character":
          return `无法识别字符 ${v.word}。`;
        default:
          return "此处缺少内容或有多余内容。";
      }
    },
    nobody: "该任务没有车辆。",
    mayTakeMinutes: "未联网的车辆会在恢复连接后收到。",
  },
});
