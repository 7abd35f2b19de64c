using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using Xunit;
using static FuturesBot.Domain.Tests.Signals.SignalSim;

namespace FuturesBot.Domain.Tests.Signals;

/// <summary>Every kind of every closed set survives JSON, alone and inside an envelope of the base type.</summary>
public sealed class SignalJsonTests
{
    private sealed record Envelope<T>(string Id, T Payload, T[] More);

    public static TheoryData<Type> States => Kinds<SignalState>();

    public static TheoryData<Type> Events => Kinds<SignalEvent>();

    public static TheoryData<Type> Inputs => Kinds<SignalInput>();

    [Theory, MemberData(nameof(States))]
    public void State_EveryKind_RoundTrips(Type kind)
    {
        var state = (SignalState)Sample(kind);

        Assert.Equal(state, SignalJson.ReadState(SignalJson.Write(state)));
        AssertEnvelope(state);
        Assert.True(SignalJson.TryReadState(Element(SignalJson.Write(state)), out var read));
        Assert.Equal(state, read);
    }

    [Theory, MemberData(nameof(Events))]
    public void Event_EveryKind_RoundTrips(Type kind)
    {
        var e = (SignalEvent)Sample(kind);

        Assert.Equal(e, SignalJson.ReadEvent(SignalJson.Write(e)));
        AssertEnvelope(e);
        Assert.True(SignalJson.TryReadEvent(SignalJson.Write(e), out var read));
        Assert.Equal(e, read);
        Assert.Equal(e.EventId, read.EventId);
    }

    [Theory, MemberData(nameof(Inputs))]
    public void Input_EveryKind_RoundTrips(Type kind)
    {
        var input = (SignalInput)Sample(kind);

        Assert.Equal(input, SignalJson.ReadInput(SignalJson.Write(input)));
        AssertEnvelope(input);
        Assert.True(SignalJson.TryReadInput(SignalJson.Write(input), out var read));
        Assert.Equal(input, read);
    }

    [Theory]
    [InlineData(typeof(SignalState))]
    [InlineData(typeof(SignalEvent))]
    [InlineData(typeof(SignalInput))]
    public void ClosedSet_EveryKind_HasAnOwnName(Type set)
    {
        var declared = set.GetCustomAttributes<JsonDerivedTypeAttribute>().ToArray();
        var kinds = set.GetNestedTypes().Where(t => t.IsSubclassOf(set)).ToArray();

        Assert.Equal(kinds.OrderBy(t => t.Name), declared.Select(d => d.DerivedType).OrderBy(t => t.Name));
        Assert.Equal(declared.Length, declared.Select(d => d.TypeDiscriminator).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"$type":"tp3-taken","sequence":4}""")]
    [InlineData("""{"sequence":4}""")]
    [InlineData("""{"$type":7,"sequence":4}""")]
    [InlineData("""["tp1-taken"]""")]
    [InlineData("null")]
    public void UnknownKind_IsIgnoredNotMisread(string json)
    {
        Assert.False(SignalJson.TryReadEvent(json, out _));
        Assert.False(SignalJson.TryReadInput(json, out _));
        Assert.False(SignalJson.TryReadState(Element(json), out _));
    }

    [Fact]
    public void UnknownKind_InsideAnEnvelope_LeavesTheRestReadable()
    {
        var known = (SignalEvent)Sample(typeof(SignalEvent.StopMoved));
        var envelope = new JsonObject
        {
            ["id"] = "1",
            ["payload"] = JsonNode.Parse("""{"$type":"from-the-future","x":1}"""),
            ["more"] = new JsonArray(JsonNode.Parse(SignalJson.Write(known))),
        };
        var read = Element(envelope.ToJsonString());

        Assert.False(SignalJson.TryReadEvent(read.GetProperty("payload"), out _));
        Assert.True(SignalJson.TryReadEvent(read.GetProperty("more")[0], out var e));
        Assert.Equal(known, e);
    }

    [Fact]
    public void KnownKind_BrokenContent_Throws() =>
        Assert.Throws<JsonException>(
            () => SignalJson.TryReadEvent("""{"$type":"stop-moved","stop":"high"}""", out _));

    [Fact]
    public void Kind_AfterOtherProperties_IsStillRead()
    {
        var e = (SignalEvent)Sample(typeof(SignalEvent.StopMoved));
        var node = JsonNode.Parse(SignalJson.Write(e))!.AsObject();
        var kind = node["$type"]!.DeepClone();
        node.Remove("$type");
        node.Add("$type", kind);

        Assert.Equal(e, SignalJson.ReadEvent(node.ToJsonString()));
    }

    [Fact]
    public void StateWithWaitingMessages_RoundTrips()
    {
        var (state, _) = Run(Plan(), Bar(2, 100, 101, 99, 100), Bar(5, 100, 101, 99, 100));
        state = SignalLifecycle.Evolve(state, new SignalEvent.StopMoved(99m, StopKind.Trail)
        {
            SignalId = state.Plan.Id,
            Sequence = 9,
            KnownUntilMs = T0,
        });

        Assert.Equal((2, 1), (state.Held.Count, state.Waiting.Count));
        Assert.Equal(state, SignalJson.ReadState(SignalJson.Write(state)));
    }

    private static void AssertEnvelope<T>(T item)
    {
        var json = JsonSerializer.Serialize(new Envelope<T>("1", item, [item]), SignalJson.Options);
        var read = JsonSerializer.Deserialize<Envelope<T>>(json, SignalJson.Options)!;

        Assert.Equal(item, read.Payload);
        Assert.Equal([item], read.More);
    }

    private static JsonElement Element(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static TheoryData<Type> Kinds<T>() =>
        [.. typeof(T).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(T)))];

    /// <summary>An object of a kind with a value in every property, so that a lost one is noticed.</summary>
    private static object Sample(Type type) => type switch
    {
        _ when type == typeof(TradePlan) => AnyPlan(1) with { Target2 = 1.5m, Mode = "fade", Atr1m = 0.25 },
        _ when type == typeof(SignalId) => Plan().Id,
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 7,
        _ when type == typeof(long) => 1_767_226_500_001,
        _ when type == typeof(double) => 0.1,
        _ when type == typeof(decimal) => 12.3400m,
        _ when type.IsEnum => type.GetEnumValues().GetValue(type.GetEnumValues().Length - 1)!,
        _ when Nullable.GetUnderlyingType(type) is { } inner => Sample(inner),
        _ when type == typeof(ValueList<SignalInput>) =>
            (ValueList<SignalInput>)[Bar(0, 1, 2, 0.5, 1), Bar(1, 1, 2, 0.5, 1, double.NaN)],
        _ when type == typeof(ValueList<SignalEvent>) => (ValueList<SignalEvent>)[new SignalEvent.EntryExpired { SignalId = Plan().Id }],
        _ when type == typeof(ValueList<ExitFill>) => (ValueList<ExitFill>)[(ExitFill)Sample(typeof(ExitFill))],
        _ when type == typeof(SignalInput) => Bar(3, 1, 2, 0.5, 1),
        _ => Filled(type),
    };

    private static object Filled(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var item = constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType))]);
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is not null))
            property.SetValue(item, Sample(property.PropertyType));
        return item;
    }
}
