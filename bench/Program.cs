using BenchmarkDotNet.Running;
using FuturesBot.Bench;

// Without arguments: the quick measurement that proves the ratio. Otherwise arguments of BenchmarkDotNet,
// such as `--filter '*'` or `--list flat`.
if (args is [] or ["nine"]) return NineMeasurement.Run();
return BenchmarkSwitcher.FromAssembly(typeof(NineMeasurement).Assembly).Run(args).Any() ? 0 : 2;
