using System.Text.Json;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>Keeps user events.</summary>
internal sealed class EventTape : IUserEvents
{
    public List<JsonElement> Events { get; } = [];

    public IEnumerable<string> Types => Events.Select(one => one.GetProperty("e").GetString()!);

    public void Publish(string account, string type, ReadOnlyMemory<byte> json)
    {
        var one = JsonDocument.Parse(json).RootElement;
        if (one.GetProperty("e").GetString() != type)
            throw new InvalidOperationException($"{type} was published as {one}");
        Events.Add(one);
    }

    /// <summary>The <c>o</c> of the events of one type.</summary>
    public IEnumerable<JsonElement> Orders(string type) =>
        Events.Where(one => one.GetProperty("e").GetString() == type).Select(one => one.GetProperty("o"));
}
