using BenchmarkDotNet.Running;
using FuturesBot.Bench;

// Without arguments: the quick measurement that proves the ratio; `backtest [FOLDER]` times the whole
// backtest beside the reading alone; `streams` the decoding of stream messages beside the library's ways.
// Otherwise arguments of BenchmarkDotNet, such as `--filter '*'` or `--list flat`.
if (args is [] or ["nine"]) return NineMeasurement.Run();
if (args is ["backtest", ..]) return BacktestMeasurement.Run(args.ElementAtOrDefault(1));
if (args is ["streams"]) return StreamsMeasurement.Run();
return BenchmarkSwitcher.FromAssembly(typeof(NineMeasurement).Assembly).Run(args).Any() ? 0 : 2;
