using BenchmarkDotNet.Running;
using FuturesBot.Bench;

// Without arguments: the quick measurement that proves the ratio; `backtest [FOLDER]` times the whole
// backtest beside the reading alone. Otherwise arguments of BenchmarkDotNet,
// such as `--filter '*'` or `--list flat`.
if (args is [] or ["nine"]) return NineMeasurement.Run();
if (args is ["backtest", ..]) return BacktestMeasurement.Run(args.ElementAtOrDefault(1));
return BenchmarkSwitcher.FromAssembly(typeof(NineMeasurement).Assembly).Run(args).Any() ? 0 : 2;
