using System.Text.Json;
using FuturesBot.Domain.Signals;
using Microsoft.DurableTask;

namespace FuturesBot.Functions.Tests;

/// <summary>
/// Serialises as the Functions worker does: by the runtime's type and with the app's options. The test host's own converter is kinder, and
/// would hide a polymorphic value that is sent without an envelope.
/// </summary>
internal sealed class LikeFunctions : DataConverter
{
    public override string? Serialize(object? value) =>
        value is null ? null : JsonSerializer.Serialize(value, value.GetType(), SignalJson.Options);

    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, SignalJson.Options);
}
