using System.Text.Json;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Functions.Http;

/// <summary>A signal in a list: the fields that the page's API names alike.</summary>
/// <param name="State">Name of the lifecycle's state, such as <c>PendingEntry</c>.</param>
/// <param name="EntryPrice">Filled price; before that the planned one.</param>
/// <param name="Stop">Where the stop stands now.</param>
/// <param name="Tp2">Null when the plan has one target.</param>
/// <param name="Score">Null when the strategy has none.</param>
/// <param name="ClosedAt">Null while it is open.</param>
public sealed record SignalRow(
    string SignalId, string Symbol, string Strategy, string Direction, string State, long Version, decimal EntryPrice, decimal Stop,
    decimal Tp1, decimal? Tp2, double? Score, DateTimeOffset DecidedAt, DateTimeOffset? ClosedAt)
{
    /// <exception cref="InvalidDataException">What is stored cannot be read.</exception>
    public static SignalRow Of(StoredSignal stored)
    {
        var state = StateOf(stored);
        var plan = state.Plan;
        return new(
            stored.Id, plan.Symbol.Name, plan.Strategy, plan.Side.ToString().ToUpperInvariant(), state.GetType().Name, stored.Version,
            state.Live?.Entry ?? plan.Entry, state.Live?.Stop ?? plan.Stop, state.Live?.Target1 ?? plan.Target1, plan.Target2,
            double.IsFinite(plan.Score) ? plan.Score : null, At(plan.DecidedAtMs), stored.ClosedAtMs is { } closed ? At(closed) : null);
    }

    /// <inheritdoc cref="Of"/>
    public static SignalState StateOf(StoredSignal stored)
    {
        try
        {
            return JsonSerializer.Deserialize<SignalRecord>(stored.StateJson, SignalJson.Options)?.State
                ?? throw new InvalidDataException($"Signal {stored.Id} was null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Signal {stored.Id} cannot be read: {e.Message}", e);
        }
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
