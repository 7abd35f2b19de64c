using BenchmarkDotNet.Running;
using FuturesBot.Bench;

return args is ["nine", ..]
    ? NineMeasurement.Run()
    : BenchmarkSwitcher.FromAssembly(typeof(NineMeasurement).Assembly).Run(args).Any() ? 0 : 2;
