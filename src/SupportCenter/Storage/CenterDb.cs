using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Packs;
using MediaSecurityLite.SupportCenter.Packs.Library;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Storage;

/// <summary>The centre's database. What only one database product needs stands in <see cref="Sqlite"/>.</summary>
internal sealed class CenterDb : DbContext
{
    private const int EnumLength = 32;
    private const int IdLength = Contracts.GatewayId.MaxLength;

    public CenterDb(DbContextOptions<CenterDb> options)
        : base(options)
    {
        // A single statement outside a transaction fails at once where another process writes; a transaction waits its turn.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    public DbSet<FleetMember> Gateways => Set<FleetMember>();

    public DbSet<StoredEvent> Events => Set<StoredEvent>();

    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();

    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<QueuedMail> Mails => Set<QueuedMail>();

    public DbSet<StoredPack> Packs => Set<StoredPack>();

    public DbSet<Rollout> Rollouts => Set<Rollout>();

    public DbSet<UpdateReport> UpdateReports => Set<UpdateReport>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(EnumLength);
        if (Database.ProviderName == Sqlite.ProviderName)
        {
            Sqlite.Configure(configurationBuilder);
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<FleetMember>(gateway =>
        {
            gateway.ToTable("gateways");
            gateway.Property(g => g.Id).HasMaxLength(IdLength);
        });

        modelBuilder.Entity<StoredEvent>(stored =>
        {
            stored.ToTable("events");
            stored.HasOne<FleetMember>().WithMany().HasForeignKey(e => e.GatewayId).OnDelete(DeleteBehavior.Restrict);
            stored.HasOne(e => e.Incident).WithMany(i => i.Evidence).HasForeignKey(e => e.IncidentId).OnDelete(DeleteBehavior.Restrict);
            stored.HasIndex(e => new { e.GatewayId, e.EventId }).IsUnique();
            stored.HasIndex(e => e.ReceivedAt);
        });

        modelBuilder.Entity<DeadLetter>(letter =>
        {
            letter.ToTable("dead_letters");
            letter.Property(d => d.GatewayId).HasMaxLength(IdLength);
        });

        modelBuilder.Entity<Incident>(incident =>
        {
            incident.ToTable("incidents");
            incident.HasOne(i => i.Gateway).WithMany().HasForeignKey(i => i.GatewayId).OnDelete(DeleteBehavior.Restrict);
            incident.HasIndex(i => new { i.GatewayId, i.Key }).IsUnique().HasFilter("\"ClosedAt\" IS NULL");
            incident.HasIndex(i => i.ClosedAt);
        });

        modelBuilder.Entity<QueuedMail>(mail =>
        {
            mail.ToTable("mails");
            mail.Property(m => m.Id).ValueGeneratedNever();
            mail.HasOne(m => m.Incident).WithMany().HasForeignKey(m => m.IncidentId).OnDelete(DeleteBehavior.Restrict);
            mail.HasIndex(m => m.DueAt);
        });

        DescribePacks(modelBuilder);
    }

    private static void DescribePacks(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoredPack>(pack =>
        {
            pack.ToTable("packs");
            pack.Property(p => p.Name).HasMaxLength(StoredPack.MaxNameLength);
            pack.Property(p => p.Version).HasMaxLength(StoredPack.MaxVersionLength);
            pack.HasIndex(p => new { p.Name, p.Version }).IsUnique();
        });

        modelBuilder.Entity<Rollout>(rollout =>
        {
            rollout.ToTable("rollouts");
            rollout.Property(r => r.Pack).HasMaxLength(StoredPack.MaxNameLength);
            rollout.Property(r => r.Version).HasMaxLength(StoredPack.MaxVersionLength);
            rollout.HasIndex(r => new { r.Channel, r.Pack, r.State });
        });

        modelBuilder.Entity<UpdateReport>(report =>
        {
            report.ToTable("update_reports");
            report.HasOne<FleetMember>().WithMany().HasForeignKey(r => r.GatewayId).OnDelete(DeleteBehavior.Restrict);
            report.Property(r => r.Pack).HasMaxLength(StoredPack.MaxNameLength);
            report.Property(r => r.Version).HasMaxLength(StoredPack.MaxVersionLength);
            report.HasIndex(r => new { r.GatewayId, r.EventId }).IsUnique();
            // With the gateway, because the patrol asks for each detection whether its gateway had the version.
            report.HasIndex(r => new { r.Pack, r.Version, r.Step, r.GatewayId });
            report.HasIndex(r => r.ReceivedAt);
        });
    }
}
