using BenchmarkDotNet.Running;
using FuturesBot.Bench;
using FuturesBot.Bench.Cost;
using FuturesBot.Bench.Load;
using FuturesBot.Bench.Soak;

// Without arguments: the quick measurement that proves the ratio; `backtest [FOLDER]` times the whole
// backtest beside the reading alone; `streams` the decoding of stream messages beside the library's ways.
// `book [FOLDER|generated]` the order book beside a plain array, and messages a second from bytes to book.
// `load` lets many symbols close at once, in memory or over an Azurite.
// `cost` measures the operations that `futuresbot cost` multiplies with prices, over an Azurite.
// `soak` holds the adapters against a simulated exchange on a bad day.
// Otherwise arguments of BenchmarkDotNet, such as `--filter '*'` or `--list flat`.
if (args is [] or ["nine"]) return NineMeasurement.Run();
if (args is ["backtest", ..]) return BacktestMeasurement.Run(args.ElementAtOrDefault(1));
if (args is ["streams"]) return StreamsMeasurement.Run();
if (args is ["book", ..]) return BookMeasurement.Run(args.ElementAtOrDefault(1));
if (args is ["soak", ..])
{
    if (SoakOptions.Parse(args[1..]) is not { } soak)
    {
        await Console.Error.WriteLineAsync($"usage: {SoakOptions.Usage}");
        return 2;
    }

    return await new SoakRun(soak).RunAsync(CancellationToken.None);
}

if (args is ["load", ..])
{
    if (LoadOptions.Parse(args[1..]) is not { } load)
    {
        await Console.Error.WriteLineAsync($"usage: {LoadOptions.Usage}");
        return 2;
    }

    return await new LoadRun(load).RunAsync(CancellationToken.None);
}

if (args is ["cost", ..])
{
    if (CostRun.Parse(args[1..]) is not { } cost)
    {
        await Console.Error.WriteLineAsync($"usage: {CostRun.Usage}");
        return 2;
    }

    return await cost.RunAsync(CancellationToken.None);
}

if (args is [CostPart.Verb, ..]) return await CostPart.RunAsync(args[1..]);

return BenchmarkSwitcher.FromAssembly(typeof(NineMeasurement).Assembly).Run(args).Any() ? 0 : 2;
