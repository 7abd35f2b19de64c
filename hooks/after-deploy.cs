// What azd runs after a deployment: it waits until the sidecar follows the market, then tells Telegram where updates go.
// By hand, with the environment's values: azd env get-values, or `azd hooks run postdeploy`. It can be run any number of times.
//
// SIDECAR_ENDPOINT         address of the sidecar; needed
// DURABLE_BACKEND          scheduler or storage; has to be what host.json says
// TELEGRAM_WEBHOOK_URL     address of the webhook function; empty without a bot
// TELEGRAM_BOT_TOKEN       needed with a webhook; never printed
// TELEGRAM_WEBHOOK_SECRET  needed with a webhook; never printed
// TELEGRAM_BASE_ADDRESS    another Bot API server
// AFTER_DEPLOY_WAIT        seconds to wait for each of the two, 600
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

var wait = TimeSpan.FromSeconds(int.TryParse(Value("AFTER_DEPLOY_WAIT"), out var seconds) ? seconds : 600);
var pause = TimeSpan.FromSeconds(Math.Clamp(wait.TotalSeconds / 100, 0.1, 5));
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };

return BackendIsThatOfHostJson() && await SidecarIsReady() && await WebhookIsSet() ? 0 : 1;

string Value(string name) => Environment.GetEnvironmentVariable(name)?.Trim() ?? "";

bool Failed(string why)
{
    Console.Error.WriteLine($"failed: {why}");
    return false;
}

bool BackendIsThatOfHostJson()
{
    var wanted = Value("DURABLE_BACKEND");
    if (wanted.Length == 0) return true;   // run by hand
    if (!File.Exists("host.json")) return Failed("there is no host.json here; run the hook from the folder of azure.yaml");

    using var host = JsonDocument.Parse(File.ReadAllText("host.json"));
    var managed = host.RootElement.TryGetProperty("extensions", out var extensions)
        && extensions.TryGetProperty("durableTask", out var durable)
        && durable.TryGetProperty("storageProvider", out var provider)
        && provider.TryGetProperty("type", out var type) && type.GetString() == "azureManaged";
    var found = managed ? "scheduler" : "storage";
    return found == wanted || Failed($"host.json keeps orchestrations in the {found}, the environment was built for the {wanted}: "
        + "no orchestration can run. Change host.json or DURABLE_BACKEND, then run azd up again");
}

async Task<bool> SidecarIsReady()
{
    var endpoint = Value("SIDECAR_ENDPOINT");
    if (endpoint.Length == 0) return Failed("SIDECAR_ENDPOINT is not set");
    var address = new Uri(new Uri(endpoint), "/health/ready");
    Console.WriteLine($"waiting for the sidecar: {address}");

    var last = "";
    for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < wait; await Task.Delay(pause))
    {
        var (status, answer) = await Ask(() => http.GetAsync(address));
        // One that stands by is ready to take over, but has not asked the exchange for the market yet.
        var standsBy = status == 200 && Status(answer) == "standby";
        if (status == 200 && !standsBy)
        {
            Console.WriteLine("the sidecar follows the market");
            return true;
        }

        var reason = standsBy ? "another revision still holds the market" : $"{(status == 0 ? "no answer" : status)}: {Reason(answer)}";
        if (reason != last) Console.WriteLine($"not yet, {reason}");
        last = reason;

        // The sidecar's words for 451 and 403: waiting does not help, another region may. The numbers alone may count symbols or seconds.
        if (status == 503 && Reason(answer).Contains("exchange refuses", StringComparison.Ordinal))
            return Failed($"the exchange refuses this region ({Reason(answer)}). Choose another: azd down --force --purge, azd env set AZURE_LOCATION, azd up");
    }

    return Failed($"the sidecar was not ready within {wait.TotalSeconds:0} s; its last word was {last}");
}

async Task<bool> WebhookIsSet()
{
    var url = Value("TELEGRAM_WEBHOOK_URL");
    if (url.Length == 0)
    {
        Console.WriteLine("no bot is set, so the chat is silent");
        return true;
    }

    var (token, secret) = (Value("TELEGRAM_BOT_TOKEN"), Value("TELEGRAM_WEBHOOK_SECRET"));
    if (token.Length == 0) return Failed("TELEGRAM_BOT_TOKEN is not set");
    if (!Regex.IsMatch(secret, "^[A-Za-z0-9_-]{1,256}$")) return Failed("TELEGRAM_WEBHOOK_SECRET has to be 1 to 256 of A-Z a-z 0-9 _ -");
    if (!await FunctionAsksForTheSecret(url)) return false;

    // Setting it again changes nothing; Telegram does not tell which secret it holds, so it is always told.
    var server = Value("TELEGRAM_BASE_ADDRESS") is { Length: > 0 } own ? own.TrimEnd('/') : "https://api.telegram.org";
    var (status, answer) = await Ask(() => http.PostAsync(new Uri($"{server}/bot{token}/setWebhook"), new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["url"] = url,
        ["secret_token"] = secret,
        ["allowed_updates"] = "[\"message\",\"callback_query\"]",
        ["max_connections"] = "4",   // a few people write to it; more at once would only wake more instances
    })));
    if (status != 200) return Failed($"Telegram did not take the webhook ({(status == 0 ? "no answer" : status)}): {Hidden(Reason(answer), token, secret)}");
    Console.WriteLine($"Telegram brings updates to {url}");
    return true;
}

// Telegram must not be sent to an address that answers nobody, or that takes updates from anybody.
async Task<bool> FunctionAsksForTheSecret(string url)
{
    Console.WriteLine($"waiting for the webhook function: {url}");
    var last = 0;
    for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < wait; await Task.Delay(pause))
    {
        (last, _) = await Ask(() => http.PostAsync(url, new StringContent("{\"update_id\":0}", Encoding.UTF8, "application/json")));
        if (last is 401 or 403) return true;
        if (last is >= 200 and < 300) return Failed("the webhook function took an update without the secret");
    }

    return Failed($"the webhook function did not ask for its secret within {wait.TotalSeconds:0} s; its last answer was {(last == 0 ? "none" : last)}");
}

// Neither address nor message of a failure is passed on: the token is part of Telegram's address.
async Task<(int Status, string Answer)> Ask(Func<Task<HttpResponseMessage>> ask)
{
    try
    {
        using var response = await ask();
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
    catch (HttpRequestException fault)
    {
        return (0, fault.HttpRequestError.ToString());
    }
    catch (TaskCanceledException)
    {
        return (0, "it took longer than 20 s");
    }
}

static string Status(string answer)
{
    try
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("status", out var status) ? status.ToString() : "";
    }
    catch (JsonException)
    {
        return "";
    }
}

// The reason in an answer, by the names that the sidecar's answers, problem details and Telegram's have for it.
static string Reason(string answer)
{
    try
    {
        using var json = JsonDocument.Parse(answer);
        if (json.RootElement.ValueKind is not JsonValueKind.Object) return Short(answer);
        foreach (var name in (string[])["reason", "detail", "description", "title", "status"])
        {
            if (json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String) return Short(value.GetString()!);
        }
    }
    catch (JsonException)
    {
        // a page of the ingress, not an answer of ours
    }

    return Short(answer);
}

static string Short(string text)
{
    var line = Regex.Replace(text, @"\s+", " ").Trim();
    return line.Length == 0 ? "an empty answer" : line.Length <= 300 ? line : line[..300] + "…";
}

static string Hidden(string text, params string[] secrets) => secrets.Aggregate(text, (shown, secret) => shown.Replace(secret, "***"));
