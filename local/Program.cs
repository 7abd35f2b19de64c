using System.CommandLine;
using FuturesBot.Local.Commands;

var root = new RootCommand("FuturesBot: watches Binance USDT-M perpetual futures, signals, and trades on paper.")
{
    BacktestCommand.Create(),
    VerifyCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
