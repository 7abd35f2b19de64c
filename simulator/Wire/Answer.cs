using System.Buffers;
using System.Text.Json;

namespace FuturesBot.Simulator.Wire;

/// <summary>What a REST call is answered with.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">As it goes out.</param>
public sealed record Answer(int Status, ReadOnlyMemory<byte> Body)
{
    private const int FirstBytes = 1024;

    /// <summary><c>{}</c>.</summary>
    public static Answer Empty { get; } = new(200, "{}"u8.ToArray());

    /// <summary><c>[]</c>.</summary>
    public static Answer EmptyList { get; } = new(200, "[]"u8.ToArray());

    public string ContentType { get; init; } = "application/json";

    /// <summary>A JSON body with status 200.</summary>
    public static Answer Json(Action<Utf8JsonWriter> write, int status = 200)
    {
        var buffer = new ArrayBufferWriter<byte>(FirstBytes);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Written)) write(writer);
        return new(status, buffer.WrittenMemory);
    }

    /// <summary><c>{"code":…,"msg":…}</c>.</summary>
    public static Answer Of(Refusal refusal) => Json(
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("code", refusal.Code);
            writer.WriteString("msg", refusal.Message);
            writer.WriteEndObject();
        },
        refusal.Status);

    public static implicit operator Answer(Refusal refusal) => Of(refusal);
}
