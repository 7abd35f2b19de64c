using System.Text.Json;

namespace FuturesBot.Dashboard;

/// <summary>snake_case, and without the unit of times: <c>OpenTimeMs</c> is <c>open_time</c>.</summary>
internal sealed class NamingPolicy : JsonNamingPolicy
{
    private const string Milliseconds = "Ms";

    public override string ConvertName(string name) =>
        SnakeCaseLower.ConvertName(
            name.EndsWith(Milliseconds, StringComparison.Ordinal) ? name[..^Milliseconds.Length] : name);
}
