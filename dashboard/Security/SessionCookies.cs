using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>
/// Signed session cookies. The key is random per start: nothing of it is stored, and a restart signs everybody
/// out. Sessions that were ended are remembered until they would have ended by themselves.
/// </summary>
internal sealed class SessionCookies(TimeSpan lifetime, TimeProvider time)
{
    // Ended sessions that are remembered; beyond it the one that ends first is forgotten.
    private const int EndedMax = 4_096;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, long> _ended = [];
    private readonly Lock _gate = new();

    public Session Begin(HttpContext context, string user, DashboardRole role)
    {
        var session = new Session(
            user, role, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)),
            (time.GetUtcNow() + lifetime).ToUnixTimeMilliseconds());
        var body = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{session.Nonce}|{session.EndsMs}|{(int)role}|{user}"));
        var value = $"{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(Sign("session", body))}";
        context.Response.Cookies.Append(NameFor(context), value, Options(context, lifetime));
        return session;
    }

    /// <summary>The session of a request; null when there is none, it is forged, or it has ended.</summary>
    public Session? Find(HttpContext context)
    {
        if (context.Request.Cookies[NameFor(context)] is not { Length: > 0 and < 2_048 } value) return null;
        var parts = value.Split('.');
        if (parts.Length != 2 || !TryDecode(parts[0], out var body) || !TryDecode(parts[1], out var signature)) return null;
        if (!CryptographicOperations.FixedTimeEquals(signature, Sign("session", body))) return null;

        var fields = Encoding.UTF8.GetString(body).Split('|', 4);
        var session = new Session(
            fields[3], (DashboardRole)int.Parse(fields[2], CultureInfo.InvariantCulture), fields[0],
            long.Parse(fields[1], CultureInfo.InvariantCulture));
        if (time.GetUtcNow().ToUnixTimeMilliseconds() >= session.EndsMs) return null;
        lock (_gate) return _ended.ContainsKey(session.Nonce) ? null : session;
    }

    public void End(HttpContext context, Session? session)
    {
        context.Response.Cookies.Delete(NameFor(context), Options(context, age: null));
        if (session is null) return;
        lock (_gate)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var (nonce, _) in _ended.Where(entry => entry.Value <= now).ToArray()) _ended.Remove(nonce);
            if (_ended.Count >= EndedMax) _ended.Remove(_ended.MinBy(entry => entry.Value).Key);
            _ended[session.Nonce] = session.EndsMs;
        }
    }

    public string CsrfOf(Session session) => Base64Url.EncodeToString(Sign("csrf", Encoding.UTF8.GetBytes(session.Nonce)));

    public bool IsCsrfOf(Session session, string given) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(CsrfOf(session)), Encoding.UTF8.GetBytes(given));

    // Cookies do not tell ports apart: two bots on one machine would sign each other out.
    private static string NameFor(HttpContext context) =>
        string.Create(CultureInfo.InvariantCulture, $"fb_session_{context.Request.Host.Port ?? 0}");

    private static CookieOptions Options(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || context.Request.Headers["X-Forwarded-Proto"] == "https",
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    };

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text)) return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    private byte[] Sign(string purpose, byte[] body) => HMACSHA256.HashData(_key, (byte[])[.. Encoding.UTF8.GetBytes(purpose), 0, .. body]);
}
