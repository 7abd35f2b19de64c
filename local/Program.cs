using System.CommandLine;
using FuturesBot.Local.Commands;

var root = new RootCommand("FuturesBot: watches Binance USDT-M perpetual futures, signals, and trades on paper.")
{
    RunCommand.Create(),
    BacktestCommand.Create(),
    VerifyCommand.Create(),
    ImportCommand.Create(),
    DownloadCommand.Create(),
    IndicatorsCommand.Create(),
    BookCommand.Create(),
    CostCommand.Create(),
    DoctorCommand.Create(),
    ExchangeCommand.Create(),
    ConsumeCommand.Create(),
};

RunCommand.AddTo(root);   // no command named: run

// A run ends by itself within a second or two of SIGTERM; this is the longest it may take.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
return await Invocation.RunAsync(root, args, invocation);
