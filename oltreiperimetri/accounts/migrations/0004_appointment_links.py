from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_registration")]

    operations = [
        migrations.AlterField(
            model_name="accesslink",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("invitation", "Accept an invitation"),
                    ("follow_up", "Answer a follow-up"),
                    ("witness", "Confirm a follow-up"),
                    ("slot_valid", "Confirm a slot"),
                    ("proposal", "Answer a proposal"),
                    ("seat_offer", "Answer the offer of a seat"),
                    ("evening", "Manage a registration"),
                    ("registration", "Go on with a registration"),
                    ("application", "Join an application to an account"),
                    ("appointment", "Choose, move or cancel an appointment"),
                    ("calendar", "Read one's calendar"),
                ],
                max_length=20,
                verbose_name="purpose",
            ),
        ),
    ]
