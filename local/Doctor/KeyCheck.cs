using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Doctor;

/// <summary>What may the keys do? Keys that can withdraw are refused.</summary>
internal static class KeyCheck
{
    private const string Area = "keys";

    /// <summary>The keys of the environment.</summary>
    /// <param name="mode">Live trading needs them.</param>
    /// <param name="environment">Variables of the process.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static BinanceKeys? Read(RunMode mode, IReadOnlyDictionary<string, string> environment, List<Finding> findings)
    {
        try
        {
            if (BinanceKeys.FromEnvironment(environment) is { } keys) return keys;
            findings.Add(mode == RunMode.Live
                ? Finding.Fault(Area, $"there are none, and mode is live", $"Set {BinanceKeys.ApiKeyVariable} and its secret in the environment")
                : Finding.Ok(Area, $"there are none; signals and paper orders need none"));
        }
        catch (FormatException wrong)
        {
            findings.Add(Finding.Fault(Area, $"{wrong.Message}", "Set the variables as docs/cli.md has them, or none"));
        }

        return null;
    }

    public static async Task RunAsync(BinanceExchange exchange, RunMode mode, List<Finding> findings, CancellationToken cancel)
    {
        try
        {
            var may = await exchange.Rest.KeyPermissionsAsync(cancel);
            if (!may.CanReadFutures)
            {
                findings.Add(Finding.Fault(Area, $"the exchange refuses them: {string.Join("; ", may.Findings)}", ExchangeCheck.AdviceFor(ExchangeFault.Forbidden)));
                return;
            }

            findings.Add(may.CanWithdraw switch
            {
                true => Finding.Fault(
                    Area, $"the key may withdraw: such keys are refused", "Make a key without withdrawals, for futures only, and delete this one"),
                false => Finding.Ok(Area, $"the key reads the futures account and cannot withdraw"),
                null => Finding.Warning(
                    Area, $"the key reads the futures account; whether it may withdraw is not known here",
                    "See in the account's key management that withdrawals are off"),
            });
            if (may.CanTradeFutures is false)
            {
                findings.Add(mode == RunMode.Live
                    ? Finding.Fault(Area, $"the key may not trade futures, and mode is live", "Allow futures to it")
                    : Finding.Ok(Area, $"the key may not trade futures; signals and paper orders need not"));
            }

            if (may.IpRestricted is false)
                findings.Add(Finding.Warning(Area, $"the key works from every address", "Bind it to the address of this machine"));
            findings.AddRange(may.Findings.Select(text => Finding.Warning(Area, $"{text}", "Take away what the bot does not need")));
        }
        catch (ExchangeException wrong)
        {
            findings.Add(Finding.Fault(Area, $"what they may do cannot be read: {wrong.Message}", ExchangeCheck.AdviceFor(wrong.Fault)));
        }
    }
}
