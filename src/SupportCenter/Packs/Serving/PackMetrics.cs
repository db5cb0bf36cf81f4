using System.Diagnostics.Metrics;

namespace MediaSecurityLite.SupportCenter.Packs.Serving;

/// <summary>What gateways asked for.</summary>
internal sealed class PackMetrics(IMeterFactory meters)
{
    public const string MeterName = "MediaSecurityLite.SupportCenter.Packs";

    private readonly Counter<long> _requests =
        meters.Create(MeterName).CreateCounter<long>("mslcenter.packs.requests", "{request}", "Requests for pattern files, by status");

    public void Answered(int status) => _requests.Add(1, new KeyValuePair<string, object?>("status", status));
}
