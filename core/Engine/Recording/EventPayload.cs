using System.Text.Json;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ledger;

namespace FuturesBot.Engine.Recording;

/// <summary>An <c>event</c> line: one step in a signal's life.</summary>
public readonly struct EventPayload(SignalEvent happened) : ILedgerPayload
{
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber("time", happened.AtMs);
        json.WriteString("signal_id", happened.SignalId.Value);
        json.WritePropertyName("event");
        JsonSerializer.Serialize(json, happened, SignalJson.Options);
    }
}
