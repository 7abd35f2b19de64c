using System.Text;
using System.Text.Json;

namespace FuturesBot.Dashboard;

/// <summary>
/// Who a trusted front signed in: the header that the sign-in of Azure Container Apps sets, base64 JSON of
/// claims. Believed only when the host says that such a front stands before it and removes the header from
/// requests of its own visitors.
/// </summary>
internal static class FrontPrincipal
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const int LongestRead = 16_384;
    private const int LongestName = 128;

    /// <summary>Null when it cannot be read or names nobody. Without the role trader it is a viewer.</summary>
    public static (string Name, DashboardRole Role)? Read(string header)
    {
        if (header.Length is 0 or > LongestRead) return null;
        try
        {
            using var principal = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(header)));
            var root = principal.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("claims", out var claims)) return null;
            var nameType = Text(root, "name_typ") ?? "name";
            var roleType = Text(root, "role_typ") ?? "roles";
            string? name = null;
            var role = DashboardRole.Viewer;
            foreach (var claim in claims.EnumerateArray())
            {
                var (type, value) = (Text(claim, "typ"), Text(claim, "val"));
                if (type == nameType || (name is null && type == "preferred_username")) name = value;
                if ((type == roleType || type == "roles") && value == "trader") role = DashboardRole.Trader;
            }

            return string.IsNullOrWhiteSpace(name) ? null : (name.Length > LongestName ? name[..LongestName] : name, role);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;   // not what the front writes: nobody is signed in
        }
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
