using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Settings: read, check, change, take back. Secrets: which are there.</summary>
internal static class SettingsEndpoints
{
    private const int ChangesMax = 500;
    private const int TextMax = 2_000;
    private const int HistoryMax = 200;
    private const int HistoryDefault = 50;

    private static readonly ApiParameter IfMatch =
        ApiParameter.Header("If-Match", "the revision that was read, such as \"7\"") with { Required = true };

    public static void Map(IEndpointRouteBuilder routes, ISettingsSource? settings)
    {
        var group = routes.GroupOf(settings, "Settings are");
        group.MapGet("/api/settings", (HttpResponse response) =>
        {
            var view = settings!.Read();
            response.Headers.ETag = Tag(view.Revision);
            return Reply.Json(view with { ReadOnlyReason = settings.ReadOnlyReason });
        }).Describe("settings", "Every setting with meaning, range, default, running value and where it comes from.")
            .Returns<SettingsView>();

        group.MapPut("/api/settings", async (HttpContext context) =>
        {
            if (settings!.ReadOnlyReason is { } why) return NotHere(why);
            if (Expected(context.Request) is not { } revision) return NoRevision();
            var (changes, fault) = await Changes(context.Request);
            if (changes is null) return fault!;
            // Values are written down once they are known to be allowed: before, one may be a secret gone astray.
            Audit.Note(context, from: null, changes.Keys.ToArray());
            return ResultOf(context, settings.Apply(changes, revision, DashboardUser.Of(context)!.Name));
        }).Describe(
            "settings", "Changes settings, all or none; every fault is named under errors. Takes hold at the next start.", IfMatch)
            .Reads<SettingsChangeRequest>().Returns<SettingsRevisionView>()
            .Answers(StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status428PreconditionRequired);

        group.MapPost("/api/settings/validate", async (HttpContext context) =>
        {
            var (changes, fault) = await Changes(context.Request);
            if (changes is null) return fault!;
            var faults = settings!.Validate(changes);
            return Reply.Json(new SettingsCheckView(faults.Count == 0, ByPath(faults)));
        }).Describe("settings", "Checks changes without making them, as they are typed.").Reads<SettingsChangeRequest>()
            .Returns<SettingsCheckView>().AlsoForViewers();

        group.MapGet("/api/settings/history", (HttpRequest request) =>
        {
            var query = new PlainQuery(request);
            var limit = query.Number("limit", HistoryDefault, 1, HistoryMax);
            return query.Fault ?? Reply.Json(settings!.History(limit));
        }).Describe("settings", "What was changed here, newest first.", ApiParameter.Limit(HistoryDefault, HistoryMax))
            .Returns<IReadOnlyList<SettingsRevisionView>>();

        group.MapPost("/api/settings/undo", async (HttpContext context) =>
        {
            if (settings!.ReadOnlyReason is { } why) return NotHere(why);
            if (Expected(context.Request) is not { } revision) return NoRevision();
            var (asked, fault) = await Body.Read<SettingsUndoRequest>(context.Request);
            if (asked is null) return fault!;
            Audit.Note(context, from: null, new { undo = asked.Revision });
            return ResultOf(context, settings.Undo(asked.Revision, revision, DashboardUser.Of(context)!.Name));
        }).Describe("settings", "Takes one revision back, unless a later one changed the same settings.", IfMatch)
            .Reads<SettingsUndoRequest>().Returns<SettingsRevisionView>()
            .Answers(
                StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status422UnprocessableEntity, StatusCodes.Status428PreconditionRequired);

        group.MapGet("/api/secrets", () => Reply.Json(settings!.Secrets()))
            .Describe("settings", "Which secrets are there and from where; never a value.").Returns<IReadOnlyList<SecretView>>();
    }

    private static IResult ResultOf(HttpContext context, SettingsResult result)
    {
        switch (result)
        {
            case SettingsResult.Done done:
                context.Response.Headers.ETag = Tag(done.Revision.Revision);
                Audit.Note(
                    context,
                    done.Revision.Changes.ToDictionary(change => change.Path, change => change.From),
                    done.Revision.Changes.ToDictionary(change => change.Path, change => change.To));
                return Reply.Json(done.Revision);
            case SettingsResult.Refused refused:
                return Problems.WithErrors(
                    StatusCodes.Status422UnprocessableEntity, "The settings are not allowed",
                    $"{refused.Faults.Count} faults; nothing was written", ByPath(refused.Faults));
            case SettingsResult.Outdated outdated:
                context.Response.Headers.ETag = Tag(outdated.Revision);
                return Problems.Of(
                    StatusCodes.Status412PreconditionFailed, "Somebody else changed the settings",
                    $"They are at revision {outdated.Revision} now; read them again");
            case SettingsResult.NotUndone not:
                return Problems.Of(
                    not.Known ? StatusCodes.Status409Conflict : StatusCodes.Status404NotFound, "Not taken back", not.Why);
            default:
                throw new InvalidOperationException($"{result.GetType().Name} has no answer");
        }
    }

    private static async Task<(Dictionary<string, string?>? Changes, IResult? Fault)> Changes(HttpRequest request)
    {
        var (asked, fault) = await Body.Read<SettingsChangeRequest>(request);
        if (asked is null) return (null, fault);
        if (asked.Changes is not { Count: > 0 and <= ChangesMax })
            return (null, Problems.Of(StatusCodes.Status400BadRequest, "No changes", "changes holds 1 to 500 settings by path"));
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (path, value) in asked.Changes)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Null: changes[path] = null; break;
                case JsonValueKind.True: changes[path] = "true"; break;
                case JsonValueKind.False: changes[path] = "false"; break;
                case JsonValueKind.Number: changes[path] = value.GetRawText(); break;
                case JsonValueKind.String when value.GetString()!.Length <= TextMax: changes[path] = value.GetString(); break;
                default:
                    return (null, Problems.Of(
                        StatusCodes.Status400BadRequest, "A value cannot be read",
                        "A setting takes a boolean, a number, a text of up to 2000 characters, or null to take the page's value back"));
            }
        }

        return (changes, null);
    }

    private static Dictionary<string, string[]> ByPath(IReadOnlyList<SettingFaultView> faults) => faults
        .GroupBy(fault => fault.Path, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(fault => $"{fault.Problem} ({fault.Source})").ToArray());

    private static string Tag(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    private static long? Expected(HttpRequest request) =>
        long.TryParse(request.Headers.IfMatch.ToString().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : null;

    private static IResult NotHere(string why) =>
        Problems.Of(StatusCodes.Status409Conflict, "Settings are not changed here", why);

    private static IResult NoRevision() => Problems.Of(
        StatusCodes.Status428PreconditionRequired, "Which revision was read?",
        "A change names the revision it was made on in the header If-Match; GET /api/settings gives it as ETag");
}
