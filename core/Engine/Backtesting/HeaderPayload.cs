using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Backtesting;

/// <summary>The ledger's first line: what a replay must be given to come out the same.</summary>
internal readonly struct HeaderPayload(BacktestRequest request, IReadOnlyDictionary<Symbol, FoundRules> rules) : ILedgerPayload
{
    /// <summary>Grows when the kernel's decisions or the ledger's lines change their meaning.</summary>
    public const int KernelVersion = 1;

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber("kernel", KernelVersion);
        json.WriteString("depth", request.Ledger.ToString());
        if (request.FromMs != long.MinValue) json.WriteNumber("from", request.FromMs);
        if (request.ToMs != long.MaxValue) json.WriteNumber("to", request.ToMs);
        json.WritePropertyName("options");
        JsonSerializer.Serialize(json, request.Options);
        json.WriteStartObject("symbols");
        foreach (var (symbol, found) in rules.OrderBy(entry => entry.Key))
        {
            json.WritePropertyName(symbol.Name);
            JsonSerializer.Serialize(json, found);
        }

        json.WriteEndObject();
    }
}
