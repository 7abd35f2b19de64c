using System.Net;
using Azure.Core.Pipeline;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>The times of the lease, by a clock that is turned by hand on both sides.</summary>
public sealed class SidecarLeaseTests
{
    private static readonly SidecarLeaseOptions Usual = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly ManualTime _time = new();
    private readonly LeaseService _service;

    public SidecarLeaseTests() => _service = new(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_AsLongAsStorageAnswers_IsHeldForGood()
    {
        await using var lease = New("first");
        var held = await lease.AcquireAsync(Cancel).WaitAsync(Patience, Cancel);
        var asked = _service.Renewals;

        await PassAsync(TimeSpan.FromMinutes(2), () => Assert.False(held.IsCancellationRequested));

        // What the costs are counted with.
        Assert.Equal(TimeSpan.FromMinutes(2) / Usual.RenewEvery, _service.Renewals - asked);
    }

    [Fact]
    public async Task Lease_ItsHolderIsKilled_IsTheNextOnesWithinThirtySeconds()
    {
        await using var first = New("first");
        await first.AcquireAsync(Cancel).WaitAsync(Patience, Cancel);
        await PassAsync(Usual.RenewEvery);
        await using var second = New("second");
        var waiting = second.AcquireAsync(Cancel);
        _service.Dead.Add("first");   // right after a renewal: the longest that a lease can outlive its holder

        var waited = TimeSpan.Zero;
        for (; !second.IsHeld && waited < TimeSpan.FromMinutes(2); waited += Step) await PassAsync(Step);

        await waiting.WaitAsync(Patience, Cancel);
        Assert.InRange(waited, Usual.Duration - Step, Usual.Duration + Usual.TryEvery + Step);
        Assert.True(waited < TimeSpan.FromSeconds(28), $"The lease was another's after {waited} only: taking over has the rest of thirty seconds");
    }

    [Fact]
    public async Task Lease_StorageIsAwayForTheHolder_IsGivenUpBeforeAnotherCanHaveIt()
    {
        await using var first = New("first");
        var held = await first.AcquireAsync(Cancel).WaitAsync(Patience, Cancel);
        await PassAsync(Usual.RenewEvery);
        await using var second = New("second");
        var waiting = second.AcquireAsync(Cancel);
        _service.Dead.Add("first");

        var (waited, gaveUp) = (TimeSpan.Zero, TimeSpan.MaxValue);
        for (; !second.IsHeld && waited < TimeSpan.FromMinutes(2); waited += Step)
        {
            await PassAsync(Step, () => Assert.False(first.IsHeld && second.IsHeld, $"Both held it after {waited}"));
            if (held.IsCancellationRequested && gaveUp == TimeSpan.MaxValue) gaveUp = waited + Step;
        }

        await waiting.WaitAsync(Patience, Cancel);
        Assert.InRange(gaveUp, Usual.RenewEvery, Usual.Duration - Usual.Margin + Usual.TryEvery);
        Assert.True(gaveUp < waited, $"It was given up after {gaveUp}, and another's after {waited}");
    }

    [Fact]
    public async Task Lease_StorageIsAwayForAMoment_IsKept()
    {
        await using var lease = New("first");
        var held = await lease.AcquireAsync(Cancel).WaitAsync(Patience, Cancel);
        await PassAsync(Usual.RenewEvery - Step);

        _service.Dead.Add("first");
        await PassAsync(TimeSpan.FromSeconds(8));
        _service.Dead.Clear();
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.False(held.IsCancellationRequested);
    }

    [Theory]
    [InlineData(14, 5, "15 to 60 s")]
    [InlineData(61, 5, "15 to 60 s")]
    [InlineData(15, 13, "before it is renewed")]
    public void Create_TimesThatCannotWork_AreRefused(int seconds, int renew, string reason)
    {
        var options = new SidecarLeaseOptions { Duration = TimeSpan.FromSeconds(seconds), RenewEvery = TimeSpan.FromSeconds(renew) };
        var fault = Assert.Throws<ArgumentException>(() => New("first", options));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private SidecarLease New(string process, SidecarLeaseOptions? options = null)
    {
        var client = new StorageClientOptions { Transport = new HttpClientTransport(new Door(_service, process)) };
        client.Retry.MaxRetries = 0;
        return new(new(StorageEndpoints.OfAzurite(), StorageCredential.Azurite, client), "bot", options ?? Usual, _time, NullLogger.Instance);
    }

    /// <summary>Lets time pass in small steps, and everybody do what falls due in each.</summary>
    private async Task PassAsync(TimeSpan span, Action? at = null)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += Step)
        {
            _time.Advance(Step);
            // Whoever was woken asks the service at once; when nobody has for a while, all wait for the clock.
            for (var (quiet, calls) = (0, _service.Calls); quiet < 3; quiet++)
            {
                await Task.Delay(2, Cancel);
                if (_service.Calls == calls && !_service.IsBusy) continue;
                (quiet, calls) = (-1, _service.Calls);
            }

            at?.Invoke();
        }
    }

    /// <summary>What the blob service does with a lease.</summary>
    private sealed class LeaseService(ManualTime time)
    {
        private readonly Lock _gate = new();
        private string? _holder;
        private DateTimeOffset _until;
        private int _ids;
        private int _busy;

        /// <summary>Processes that do not reach it.</summary>
        public HashSet<string> Dead { get; } = [];

        public int Calls { get; private set; }

        public int Renewals { get; private set; }

        public bool IsBusy => Volatile.Read(ref _busy) > 0;

        public HttpResponseMessage Answer(string process, HttpRequestMessage request)
        {
            Interlocked.Increment(ref _busy);
            try
            {
                lock (_gate)
                {
                    Calls++;
                    if (Dead.Contains(process)) throw new HttpRequestException("The service is not reached");
                    if (request.Method == HttpMethod.Head) return new(HttpStatusCode.OK);
                    if (!request.RequestUri!.Query.Contains("comp=lease", StringComparison.Ordinal)) return new(HttpStatusCode.Created);
                    var action = request.Headers.GetValues("x-ms-lease-action").Single();
                    if (time.GetUtcNow() >= _until) _holder = null;
                    return action == "acquire" ? Acquire(request) : Renew(request, action);
                }
            }
            finally
            {
                Interlocked.Decrement(ref _busy);
            }
        }

        private HttpResponseMessage Acquire(HttpRequestMessage request)
        {
            if (_holder is not null) return new(HttpStatusCode.Conflict);
            _holder = $"lease-{++_ids}";
            _until = time.GetUtcNow() + TimeSpan.FromSeconds(int.Parse(
                request.Headers.GetValues("x-ms-lease-duration").Single(), System.Globalization.CultureInfo.InvariantCulture));
            var answer = new HttpResponseMessage(HttpStatusCode.Created);
            answer.Headers.Add("x-ms-lease-id", _holder);
            return answer;
        }

        private HttpResponseMessage Renew(HttpRequestMessage request, string action)
        {
            if (_holder != request.Headers.GetValues("x-ms-lease-id").Single()) return new(HttpStatusCode.Conflict);
            if (action == "release") _holder = null;
            else (_until, Renewals) = (time.GetUtcNow() + Usual.Duration, Renewals + 1);
            return new(HttpStatusCode.OK);
        }
    }

    private sealed class Door(LeaseService service, string process) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = service.Answer(process, request);
            answer.RequestMessage = request;
            return Task.FromResult(answer);
        }
    }
}
