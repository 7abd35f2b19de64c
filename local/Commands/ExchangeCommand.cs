using System.CommandLine;
using FuturesBot.Simulator;

namespace FuturesBot.Local.Commands;

/// <summary><c>exchange</c>: the simulated exchange alone, for any client.</summary>
internal static class ExchangeCommand
{
    public static Command Create() => ExchangeProgram.CreateCommand("exchange");
}
